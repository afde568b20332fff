import { benchAnchor } from "./anchor/bench-anchor.ts";
import { benchGas } from "./gas/bench-gas.ts";
import { benchLoad } from "./load/bench-load.ts";
import { benchProject } from "./project/bench-project.ts";
import { UsageError } from "./usage-error.ts";

/** What can be measured, by the first word of the command line. Answers with the exit code. */
const benches: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  anchor: benchAnchor,
  gas: benchGas,
  load: benchLoad,
  project: benchProject,
};

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (problem) {
  console.error(problem instanceof Error ? problem.message : String(problem));
  process.exitCode = problem instanceof UsageError ? 2 : 1;
}

function run([name, ...args]: readonly string[]): Promise<number> {
  const bench = Object.entries(benches).find(([known]) => known === name)?.[1];
  if (bench === undefined) {
    const what = name === undefined ? "Say what to measure" : `There is no bench "${name}"`;
    throw new UsageError(`${what}: npm run bench -- ${Object.keys(benches).join("|")} [options]`);
  }
  return bench(args);
}
