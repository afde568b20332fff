import { parseArgs } from "node:util";
import { UsageError } from "../usage-error.ts";

const usage = `npm run bench -- anchor [--events N] [--document N] [--database sqlite|postgres|URL] [--json]`;

export interface Arguments {
  readonly events: number;
  /** Events of a document. */
  readonly document: number;
  /** `sqlite`, `postgres` for one of the bench's own, or the address of one that may make databases: `postgres://…` */
  readonly database: string;
  readonly json: boolean;
}

/** @throws UsageError */
export function readArguments(args: readonly string[]): Arguments {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        events: { type: "string", default: "100000" },
        document: { type: "string", default: "1000" },
        database: { type: "string", default: "sqlite" },
        json: { type: "boolean", default: false },
      },
    });
    const { events, document, database, json } = values;
    if (!/^(sqlite|postgres|postgres(ql)?:\/\/.+)$/.test(database)) {
      throw new Error("--database is sqlite, postgres or postgres://…");
    }
    return {
      events: integer("--events", events, 1, 1_000_000),
      document: integer("--document", document, 1, 10_000),
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
