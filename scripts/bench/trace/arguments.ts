import { integerIn, readOptions } from "../arguments.ts";

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

const options = {
  events: { type: "string", default: "10000,100000,1000000" },
  database: { type: "string", default: "sqlite" },
  samples: { type: "string", default: "60" },
  captured: { type: "string", default: "100000" },
  json: { type: "boolean", default: false },
} as const;

/** @throws UsageError */
export function readArguments(args: readonly string[]): Arguments {
  return readOptions(args, options, usage, ({ events, database, samples, captured, json }) => {
    if (database !== "sqlite" && database !== "postgres") {
      throw new Error("--database is sqlite or postgres");
    }
    return {
      events: events.split(",").map((size) => integerIn("--events", size, 1000, 10_000_000)),
      database,
      samples: integerIn("--samples", samples, 1, 10_000),
      captured: integerIn("--captured", captured, 0, 1_000_000),
      json,
    };
  });
}
