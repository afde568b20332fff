import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import { UsageError } from "./usage-error.ts";

/**
 * The options of a bench, as `read` makes them of what was given.
 * @param usage told with every fault
 * @throws UsageError
 */
export function readOptions<Options extends ParseArgsOptionsConfig, Read>(
  args: readonly string[],
  options: Options,
  usage: string,
  read: (values: ReturnType<typeof parseArgs<{ options: Options }>>["values"]) => Read,
): Read {
  try {
    return read(parseArgs({ args: [...args], options }).values);
  } catch (problem) {
    const says = problem instanceof Error ? problem.message : String(problem);
    throw new UsageError(`${says}\n${usage}`);
  }
}

/** @throws Error in words */
export function numberIn(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!(value >= least && value <= most))
    throw new Error(`${name} is a number from ${least} to ${most}.`);
  return value;
}

/** @throws Error in words */
export function integerIn(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most)
    throw new Error(`${name} is a whole number from ${least} to ${most}.`);
  return value;
}

/** @throws Error in words */
export function databaseIn(text: string): string {
  if (/^(sqlite|postgres|postgres(ql)?:\/\/.+)$/.test(text)) return text;
  throw new Error("--database is sqlite, postgres or postgres://…");
}
