import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { HttpDriver } from "../../scripts/stories/http-driver.ts";
import { describeResult } from "../../scripts/stories/report.ts";
import { watchFetch } from "../support/documented.ts";
import { type Result, tellStories } from "../../scripts/stories/run.ts";
import { freshDatabase } from "../support/databases.ts";

const folder = fileURLToPath(new URL("vectors/", import.meta.url));
/** Between them they go through every command that a story has. */
const files = ["silent-then-sorry.json", "returned-crates.json", "hail-and-default.json"];

describe("the project's own stories, told through the HTTP API", function () {
  // Each is told to a sandbox of its own, in two more processes.
  this.timeout(180_000);
  let results: readonly Result[];

  let unwatch: () => void;

  before(async () => {
    // Every answer is as the document has it, or the story fails.
    unwatch = watchFetch();
    results = await tellStories({
      files: files.map((name) => `${folder}${name}`),
      openDriver: () => Promise.resolve(new HttpDriver(files.length, freshDatabase)),
    });
  });

  after(() => {
    unwatch();
  });

  for (const name of files) {
    it(`${name} goes as it is told`, () => {
      const result = results.find(({ file }) => file === name);
      expect(result?.passed, result && describeResult(result)).to.equal(true);
    });
  }
});
