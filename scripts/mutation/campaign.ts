import { matchesGlob } from "node:path";
import hre from "hardhat";
import { Seeded } from "../random/seeded.ts";
import { Compiler, compilerSettings, type Bytecodes } from "../solidity/compiler.ts";
import { isPure, surveyHouse, text, type House } from "../solidity/house.ts";
import type { Arguments } from "./arguments.ts";
import { mutantsOf, type Mutant } from "./mutants/mutants.ts";
import { TestOrder } from "./test-order.ts";
import { Bench } from "./trial/bench.ts";
import { Trial } from "./trial/trial.ts";
import { counts, type Verdict } from "./verdict.ts";

/** Makes a process forget what the run before left on its chain. */
const afresh = "test/support/afresh.ts";
const firstRunWithin = 300_000;
/** So often the tests are run without a fault, to know that a failure is the mutant's. */
const soundAfter = 50;

/**
 * Mutates the pure rules in full, and a seeded sample of all else.
 * @throws if the tests fail without a fault
 */
export async function runCampaign(
  options: Pick<Arguments, "sample" | "seed" | "only">,
  onVerdict: (verdict: Verdict) => void,
): Promise<readonly Verdict[]> {
  const house = surveyHouse(hre.config.paths.root);
  const { compiler, sound } = compileHouse(house);
  const bench = new Bench(house.root, [afresh, ...house.tests]);
  const patience = await expectSound(house, bench, firstRunWithin);
  const order = new TestOrder(new Map(house.tests.map((file) => [file, text(house, file)])));
  const trial = new Trial(house, compiler, bench, order, sound, patience);
  const verdicts: Verdict[] = [];
  const attempt = async (mutant: Mutant): Promise<Verdict> => {
    const start = performance.now();
    const { fate, by } = await trial.of(mutant);
    const verdict = { mutant, fate, by, seconds: (performance.now() - start) / 1000 };
    verdicts.push(verdict);
    onVerdict(verdict);
    if (verdicts.filter(counts).length % soundAfter === 0 && counts(verdict))
      await expectSound(house, bench, patience);
    return verdict;
  };
  try {
    const all = house.sources
      .filter((file) => matchesGlob(file, options.only))
      .flatMap((file) => mutantsOf(file, text(house, file), compiler.treeOf(file)));
    for (const mutant of all.filter(({ file }) => isPure(file))) await attempt(mutant);
    const elsewhere = all.filter(({ file }) => !isPure(file));
    let tried = 0;
    for (const mutant of new Seeded(options.seed).shuffled(elsewhere)) {
      if (tried === options.sample) break;
      if (counts(await attempt(mutant))) tried += 1;
    }
    await expectSound(house, bench, patience);
  } finally {
    bench.stop();
    trial.close();
  }
  return verdicts;
}

function compileHouse(house: House): { readonly compiler: Compiler; readonly sound: Bytecodes } {
  const files = [...house.sources, ...house.harnesses];
  const compiler = new Compiler(house.root, compilerSettings(hre.config), files);
  return { compiler, sound: compiler.compileSound(files) };
}

/** @returns how long a run of all tests may take, milliseconds */
async function expectSound(house: House, bench: Bench, within: number): Promise<number> {
  const start = performance.now();
  const { tests, stories } = house;
  const told = await bench.ask({ instead: [], files: tests, stories }, within);
  if (told === "lost") throw new Error("The tests do not end in time without a fault.");
  if (told.file !== undefined)
    throw new Error(`${told.file} fails without a fault: ${String(told.test)}`);
  return 4 * (performance.now() - start) + 10_000;
}
