import { readFileSync, existsSync } from "node:fs";
import { readArguments } from "./arguments.ts";
import { Names } from "./names.ts";
import { describeTrace, number, rarities, readCounts, sum, table } from "./report.ts";
import { compile, countsFiles, type Failure, lanes, play, type Run, traceFile } from "./runner.ts";

try {
  process.exitCode = await main();
} catch (problem) {
  console.error(problem instanceof Error ? problem.message : String(problem));
  process.exitCode = 1;
}

/**
 * `npm run properties`: seasons of random trade against the contracts, in which nothing that must never happen may
 * happen. Says how many calls were made and how many a second, and what broke a property, with the fewest calls to it.
 */
async function main(): Promise<number> {
  const { calls, seed, acts, replay } = readArguments(process.argv.slice(2));
  const run: Run = {
    grep: "testLane",
    seed,
    seasonsPerLane: Math.ceil(calls / acts / lanes.length),
    variables: { PROPERTIES_ACTS: String(acts) },
  };
  const names = new Names(await compile(run));
  if (replay !== undefined) return (await playAgain(replay, acts, run, names)) ? 1 : 0;

  console.log(`Campaign of ${number(calls)} calls, --seed ${seed}, ${String(acts)} acts a season`);
  const start = performance.now();
  const progress = setInterval(() => {
    console.error(`  ${number(countsFiles.flatMap(linesOf).length * acts)} acts`);
  }, 60_000);
  const failures = await play(run).finally(() => {
    clearInterval(progress);
  });
  const seconds = (performance.now() - start) / 1000;
  const { tallies, met } = readCounts(countsFiles.flatMap(linesOf));
  const made = sum(tallies.values()).calls;
  console.log(`${table(tallies, names)}\n\n${rarities(met, names)}\n`);
  console.log(
    `${number(made)} calls in ${seconds.toFixed(1)} s: ${number(made / seconds)} calls/s`,
  );
  for (const failure of failures) {
    console.log(`\n${describe(failure, names)}`);
    await playAgain(failure.season, failure.acts, run, names);
  }
  if (failures.length === 0) console.log("No property was broken.");
  return failures.length === 0 ? 0 : 1;
}

/** Looks for the fewest acts of a season that break the same property, and says which calls they make. */
async function playAgain(season: string, acts: number, run: Run, names: Names): Promise<boolean> {
  const variables = { PROPERTIES_SEED: season, PROPERTIES_ACTS: String(acts) };
  const [failure] = await play({ ...run, grep: "testReplay", variables });
  if (failure === undefined) {
    console.log(`Season ${season} breaks no property in ${String(acts)} acts.`);
    return false;
  }
  console.log(`${describe(failure, names)}, in ${String(failure.acts)} acts:`);
  for (const step of describeTrace(linesOf(traceFile), names)) console.log(step);
  return true;
}

function describe({ property, season, acts }: Failure, names: Names): string {
  return `BROKEN ${names.inText(property)}\n  --replay ${season} --acts ${String(acts)}`;
}

function linesOf(file: string): string[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8").split("\n").filter(Boolean);
}
