import { parseArgs } from "node:util";

const usage = "npm run mutation -- [--sample N] [--seed S] [--only GLOB] [--json]";

export interface Arguments {
  /** So many mutants outside of the pure rules, which are always tried in full. */
  readonly sample: number;
  readonly seed: number;
  /** Only sources that match, such as `contracts/lien/*`. */
  readonly only: string;
  readonly json: boolean;
}

/** @throws Error that says what is wrong with the command line */
export function readArguments(args: readonly string[]): Arguments {
  try {
    return read(args);
  } catch (problem) {
    throw new Error(`${problem instanceof Error ? problem.message : String(problem)}\n${usage}`);
  }
}

function read(args: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      sample: { type: "string", default: "200" },
      seed: { type: "string", default: "1" },
      only: { type: "string", default: "contracts/**" },
      json: { type: "boolean", default: false },
    },
  });
  const { only, json } = values;
  return { sample: whole("sample", values.sample), seed: whole("seed", values.seed), only, json };
}

function whole(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} is a whole number, not "${text}".`);
  return Number(text);
}
