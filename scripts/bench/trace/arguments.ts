import { parseArgs } from "node:util";
import { UsageError } from "../usage-error.ts";

const usage = `npm run bench -- trace [--events N,N,…] [--database sqlite|postgres] [--samples N] [--captured N] [--json]`;

export interface Arguments {
  /** Sizes of the ledgers. */
  readonly events: readonly number[];
  readonly database: "sqlite" | "postgres";
  /** Answers measured for each length of lineage, cold and warm. */
  readonly samples: number;
  /** Events that are captured, to see how fast that is; 0 for none. */
  readonly captured: number;
  readonly json: boolean;
}

/** @throws UsageError */
export function readArguments(args: readonly string[]): Arguments {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        events: { type: "string", default: "10000,100000,1000000" },
        database: { type: "string", default: "sqlite" },
        samples: { type: "string", default: "60" },
        captured: { type: "string", default: "100000" },
        json: { type: "boolean", default: false },
      },
    });
    const { events, database, samples, captured, json } = values;
    if (database !== "sqlite" && database !== "postgres") {
      throw new Error("--database is sqlite or postgres");
    }
    return {
      events: events.split(",").map((size) => integer("--events", size, 1000, 10_000_000)),
      database,
      samples: integer("--samples", samples, 1, 10_000),
      captured: integer("--captured", captured, 0, 1_000_000),
      json,
    };
  } catch (problem) {
    throw new UsageError(
      `${problem instanceof Error ? problem.message : String(problem)}\n${usage}`,
    );
  }
}

function integer(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most)
    throw new Error(`${name}: a whole number from ${least} to ${most}.`);
  return value;
}
