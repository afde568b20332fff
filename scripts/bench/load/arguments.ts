import { parseArgs } from "node:util";
import { UsageError } from "../usage-error.ts";

const usage = `npm run bench -- load [--minutes N] [--rounds N] [--seconds N] [--json]`;

export interface Arguments {
  /** Of the mix at half of the maximum. */
  readonly minutes: number;
  /** How often the bare script and the API take turns. */
  readonly rounds: number;
  /** Of each turn. */
  readonly seconds: number;
  readonly json: boolean;
}

/** @throws UsageError */
export function readArguments(args: readonly string[]): Arguments {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        minutes: { type: "string", default: "1" },
        rounds: { type: "string", default: "3" },
        seconds: { type: "string", default: "5" },
        json: { type: "boolean", default: false },
      },
    });
    return {
      minutes: number("--minutes", values.minutes, 0.05, 600),
      rounds: number("--rounds", values.rounds, 1, 20),
      seconds: number("--seconds", values.seconds, 1, 120),
      json: values.json,
    };
  } catch (problem) {
    throw new UsageError(
      `${problem instanceof Error ? problem.message : String(problem)}\n${usage}`,
    );
  }
}

function number(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!(value >= least && value <= most))
    throw new Error(`${name} is a number from ${least} to ${most}.`);
  return value;
}
