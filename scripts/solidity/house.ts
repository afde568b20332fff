import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The contracts of the house and what tries them, relative to `root`. */
export interface House {
  readonly root: string;
  /** The contracts. */
  readonly sources: readonly string[];
  /** Contracts that only tests deploy. */
  readonly harnesses: readonly string[];
  readonly tests: readonly string[];
  readonly properties: readonly string[];
  readonly stories: readonly string[];
}

export function surveyHouse(root: string): House {
  const inTests = filesUnder(root, "test/contracts");
  return {
    root,
    sources: filesUnder(root, "contracts").filter((file) => file.endsWith(".sol")),
    harnesses: inTests.filter((file) => /(?<!\.t)\.sol$/.test(file)),
    tests: inTests.filter((file) => file.endsWith(".test.ts")),
    properties: inTests.filter((file) => file.endsWith(".t.sol")),
    stories: filesUnder(root, "test/stories/vectors").filter((file) => file.endsWith(".json")),
  };
}

export function text(house: House, file: string): string {
  return readFileSync(join(house.root, file), "utf8");
}

/** The pure rules, which are tried in full. */
export function isPure(source: string): boolean {
  return source.startsWith("contracts/math/");
}

/** Whether a test's file is kept for this source: `test/contracts/math/` for `contracts/math/`. */
export function isKeptFor(source: string, test: string): boolean {
  return test.startsWith(`test/${source.replace(/\/[^/]*$/, "/")}`);
}

/** Creation code as Hardhat has compiled it, without 0x; undefined where no test has asked for it. */
export function houseBytecode(house: House, contract: string): string | undefined {
  const artifact = `artifacts/${contract.replace(":", "/")}.json`;
  if (!existsSync(join(house.root, artifact))) return undefined;
  return (JSON.parse(text(house, artifact)) as { bytecode: string }).bytecode.slice(2);
}

function filesUnder(root: string, folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();
}
