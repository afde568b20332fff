import { parseArgs } from "node:util";
import { UsageError } from "../usage-error.ts";

const usage = `npm run bench -- project [--events N] [--lag SECONDS] [--database URL] [--json]`;

export interface Arguments {
  /** Events to project, at least. */
  readonly events: number;
  /** One-second blocks that the lag is measured behind; 0 for none. */
  readonly lag: number;
  /** PostgreSQL, where it is named; else SQLite in a folder that goes with the bench. */
  readonly database: string | undefined;
  readonly json: boolean;
}

/** @throws UsageError */
export function readArguments(args: readonly string[]): Arguments {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        events: { type: "string", default: "100000" },
        lag: { type: "string", default: "20" },
        database: { type: "string" },
        json: { type: "boolean", default: false },
      },
    });
    const { events, lag, database, json } = values;
    return {
      events: integer("--events", events, 1, 20_000_000),
      lag: integer("--lag", lag, 0, 3600),
      database,
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
    throw new Error(`${name} is a whole number from ${least} to ${most}.`);
  return value;
}
