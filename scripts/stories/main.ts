import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Arguments, readArguments } from "./arguments.ts";
import { ContractsDriver } from "./contracts-driver.ts";
import type { Driver } from "./driver.ts";
import { describeResult, resultsAsJson, summarise } from "./report.ts";
import { tellStories } from "./run.ts";

const openers: Record<Arguments["via"], () => Promise<Driver>> = {
  contracts: () => ContractsDriver.open(),
};

try {
  process.exitCode = await main();
} catch (problem) {
  console.error(problem instanceof Error ? problem.message : String(problem));
  process.exitCode = 1;
}

async function main(): Promise<number> {
  const options = readArguments(process.argv.slice(2));
  const files = await storiesIn(options.directory);
  const results = await tellStories({
    files,
    level: options.level,
    openDriver: openers[options.via],
    onResult: (result) => {
      if (!options.json) console.log(describeResult(result));
    },
  });
  if (options.json) console.log(resultsAsJson(results));
  (options.json ? console.error : console.log)(summarise(results));
  if (results.length > 0) return results.every((result) => result.passed) ? 0 : 1;
  console.error(`No story in ${options.directory} is of level ${String(options.level)}.`);
  return 1;
}

/** npm runs scripts in the project's folder; the person's own is where a relative path begins. */
async function storiesIn(directory: string): Promise<string[]> {
  const path = resolve(process.env["INIT_CWD"] ?? ".", directory);
  const names = await readdir(path).catch(() => {
    throw new Error(`There is no folder ${path}.`);
  });
  const stories = names.filter((name) => name.endsWith(".json")).sort();
  if (stories.length === 0) throw new Error(`There are no stories (*.json) in ${path}.`);
  return stories.map((name) => join(path, name));
}
