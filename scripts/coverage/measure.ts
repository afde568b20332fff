import { join } from "node:path";
import hre from "hardhat";
import Mocha from "mocha";
import { Compiler, compilerSettings } from "../solidity/compiler.ts";
import { deployInstead, replacements } from "../solidity/deployment.ts";
import { surveyHouse, text, type House } from "../solidity/house.ts";
import { probe, type Outcome, type Probed } from "./probes.ts";

export interface Measured {
  readonly outcomes: readonly Outcome[];
  /** Numbers of the outcomes that were seen. */
  readonly seen: ReadonlySet<number>;
  readonly failedTests: number;
}

/**
 * Runs contract tests on contracts that tell what they do.
 * @param tests files relative to the house; all when there are none
 */
export async function measure(tests: readonly string[]): Promise<Measured> {
  const house = surveyHouse(hre.config.paths.root);
  const seen = new Set<number>();
  // Before any test opens its chain: whether somebody listens is asked then.
  hre.hooks.registerHandlers("network", {
    onCoverageData: (_context, tags) => {
      for (const tag of tags) seen.add(Number(`0x${tag}`));
      return Promise.resolve();
    },
  });
  const outcomes = await putProbes(house);
  const failedTests = await runTests(house.root, tests.length > 0 ? tests : house.tests);
  return { outcomes, seen, failedTests };
}

/** From now on the contracts are deployed with probes in them. */
async function putProbes(house: House): Promise<readonly Outcome[]> {
  const files = [...house.sources, ...house.harnesses];
  // A probe takes room on the stack, which only this way of compiling makes more of.
  const settings = { ...compilerSettings(hre.config), viaIR: true };
  const compiler = new Compiler(house.root, settings, files);
  const probed = new Map<string, Probed>();
  let told = 0;
  for (const file of house.sources) {
    const one = probe(file, text(house, file), compiler.treeOf(file), told);
    probed.set(file, one);
    told += one.outcomes.length;
  }
  const sources = new Map([...probed].map(([file, { source }]) => [file, source]));
  const telling = compiler.compileSound(files, sources);
  // Otherwise a test's contract is compiled by the test, which is too late to know it by its code.
  await hre.solidity.build(
    house.harnesses.map((file) => join(house.root, file)),
    { quiet: true },
  );
  const instead = new Map(replacements(house, telling));
  deployInstead((original) => instead.get(original));
  return [...probed.values()].flatMap(({ outcomes }) => outcomes);
}

/** @returns how many failed */
async function runTests(root: string, files: readonly string[]): Promise<number> {
  const mocha = new Mocha({ ...hre.config.test.mocha, reporter: "dot" });
  for (const file of files) mocha.addFile(join(root, file));
  await mocha.loadFilesAsync();
  return new Promise((resolve) => mocha.run(resolve));
}
