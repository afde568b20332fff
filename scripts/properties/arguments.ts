import { parseArgs } from "node:util";

const usage = "npm run properties -- [--calls N] [--seed TEXT] [--acts N] [--replay SEED]";

export interface Arguments {
  /** At least so many calls to the contracts. */
  calls: number;
  /** From which the seeds of all seasons follow; another one each time where none is given. */
  seed: string;
  /** Acts of one season. */
  acts: number;
  /** A season's seed: plays it again instead of a campaign. */
  replay: string | undefined;
}

/** @throws Error that says what is wrong with the command line */
export function readArguments(args: readonly string[]): Arguments {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        calls: { type: "string", default: "320000" },
        seed: { type: "string", default: String(Date.now()) },
        acts: { type: "string", default: "400" },
        replay: { type: "string" },
      },
    });
    const { seed, replay } = values;
    if (replay !== undefined && !/^0x[0-9a-f]{64}$/.test(replay))
      throw new Error(`--replay is the seed of a season, 0x and 64 hex digits, not "${replay}".`);
    return {
      seed,
      replay,
      calls: count("--calls", values.calls),
      acts: count("--acts", values.acts),
    };
  } catch (problem) {
    throw new Error(`${problem instanceof Error ? problem.message : String(problem)}\n${usage}`);
  }
}

function count(name: string, text: string): number {
  const plain = text.replaceAll("_", "");
  if (!/^[1-9]\d{0,9}$/.test(plain)) throw new Error(`${name} is a number above 0, not "${text}".`);
  return Number(plain);
}
