import { numberIn, readOptions } from "../arguments.ts";

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

const options = {
  minutes: { type: "string", default: "1" },
  rounds: { type: "string", default: "3" },
  seconds: { type: "string", default: "5" },
  json: { type: "boolean", default: false },
} as const;

/** @throws UsageError */
export function readArguments(args: readonly string[]): Arguments {
  return readOptions(args, options, usage, ({ minutes, rounds, seconds, json }) => ({
    minutes: numberIn("--minutes", minutes, 0.05, 600),
    rounds: numberIn("--rounds", rounds, 1, 20),
    seconds: numberIn("--seconds", seconds, 1, 120),
    json,
  }));
}
