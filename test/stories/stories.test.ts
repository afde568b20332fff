import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { ContractsDriver } from "../../scripts/stories/contracts-driver.ts";
import { describeResult } from "../../scripts/stories/report.ts";
import { type Result, tellStories } from "../../scripts/stories/run.ts";

const folder = fileURLToPath(new URL("vectors/", import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith(".json"));

describe("the project's own stories, told to the contracts", () => {
  let results: readonly Result[];

  before(async () => {
    results = await tellStories({
      files: files.map((name) => `${folder}${name}`),
      openDriver: () => ContractsDriver.open(),
    });
  });

  for (const name of files) {
    it(`${name} goes as it is told`, () => {
      const result = results.find(({ file }) => file === name);
      expect(result?.passed, result && describeResult(result)).to.equal(true);
    });
  }
});
