import { execFile } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";

const main = fileURLToPath(new URL("../../scripts/stories/main.ts", import.meta.url));
const hook = new URL("../../scripts/runtime/register.mjs", import.meta.url).href;
const vectors = fileURLToPath(new URL("vectors/", import.meta.url));

interface Ending {
  code: number;
  output: string;
  errors: string;
}

function stories(...args: string[]): Promise<Ending> {
  const command = ["--import", hook, main, ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { timeout: 50_000 }, (error, output, errors) => {
      const code = typeof error?.code === "number" ? error.code : error === null ? 0 : -1;
      resolve({ code, output, errors });
    });
  });
}

describe("npm run stories", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sheaf-stories-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("fails a malformed file with file and pointer, and runs the others", async () => {
    copyFileSync(join(vectors, "rice-advance.json"), join(folder, "good.json"));
    writeFileSync(join(folder, "bad.json"), '{"name": "bad", "steps": 5}');
    const { code, output } = await stories(folder);
    expect(code).to.equal(1);
    expect(output).to.include("bad.json#/steps: expected a list, found 5");
    expect(output).to.match(/^pass {2}good\.json/m);
    expect(output.trimEnd().split("\n").at(-1)).to.equal("1 passed, 1 failed");
  });

  it("answers a program with JSON", async () => {
    copyFileSync(join(vectors, "rice-advance.json"), join(folder, "good.json"));
    const { code, output, errors } = await stories(folder, "--json", "--level", "1");
    expect(code, errors).to.equal(0);
    expect(JSON.parse(output)).to.deep.include({ passed: 1, failed: 0 });
    expect(errors).to.include("1 passed, 0 failed");
  });

  const refused: [string, () => string[], RegExp][] = [
    ["no folder", () => [], /^DIR is missing/],
    ["a folder that is not there", () => [join(folder, "none")], /^There is no folder .*none\.$/m],
    ["an empty folder", () => [folder], /^There are no stories \(\*\.json\) in /],
    ["two folders", () => [folder, "more"], /^One folder at a time; also given: more\.$/m],
    ["a way that is none", () => [folder, "--via", "post"], /^--via is .*, not "post"\.$/m],
    ["a level that is none", () => [folder, "--level", "0"], /^--level is .*, not "0"\.$/m],
    ["an option that is none", () => [folder, "--fast"], /--fast/],
  ];
  for (const [what, args, message] of refused) {
    it(`says what is wrong with ${what}`, async () => {
      const { code, errors } = await stories(...args());
      expect(code).to.equal(1);
      expect(errors).to.match(message);
    });
  }

  it("fails where no story is of the level", async () => {
    copyFileSync(join(vectors, "rice-advance.json"), join(folder, "good.json"));
    const { code, errors } = await stories(folder, "--level", "2");
    expect(code).to.equal(1);
    expect(errors).to.match(/^No story in .* is of level 2\.$/m);
  });
});
