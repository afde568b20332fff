import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Arguments, readArguments } from "./arguments.ts";
import { ContractsDriver } from "./contracts-driver.ts";
import type { Driver } from "./driver.ts";
import { HttpDriver } from "./http-driver.ts";
import { describeResult, resultsAsJson, summarise } from "./report.ts";
import { tellStories } from "./run.ts";

/** How to open the driver of each way, for so many stories at most. */
const openers: Record<Arguments["via"], (stories: number) => Promise<Driver>> = {
  contracts: () => ContractsDriver.open(),
  http: (stories) => Promise.resolve(new HttpDriver(stories)),
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
    openDriver: untilInterrupted(() => openers[options.via](files.length)),
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

/** What a driver has started must not outlast a person who has seen enough; no other is opened then. */
function untilInterrupted(open: () => Promise<Driver>): () => Promise<Driver> {
  const opened: Promise<Driver>[] = [];
  let interrupted = false;
  const stop = async () => {
    interrupted = true;
    await Promise.allSettled(opened.map(async (driver) => (await driver).close()));
    process.exit(1);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop());
  return () => {
    if (interrupted) return new Promise(() => undefined);
    const driver = open();
    opened.push(driver);
    return driver;
  };
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
