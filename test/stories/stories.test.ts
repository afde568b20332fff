import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { ContractsDriver } from "../../scripts/stories/contracts-driver.ts";
import { describeResult } from "../../scripts/stories/report.ts";
import { type Result, tellStories } from "../../scripts/stories/run.ts";

const ours = fileURLToPath(new URL("vectors/", import.meta.url));
/** Of an independent model, where a checkout has them beside it. */
const reference = fileURLToPath(new URL("../../../shared/vectors/stories/", import.meta.url));

function storiesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
}

function tell(folder: string): void {
  const files = storiesIn(folder);
  let results: readonly Result[];

  before(async function () {
    this.timeout(180_000);
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
}

describe("the project's own stories, told to the contracts", () => {
  tell(ours);
});

describe("the reference stories, told to the contracts", () => {
  if (storiesIn(reference).length > 0) tell(reference);
  else it.skip("are not beside this checkout, in ../shared/vectors/stories");
});
