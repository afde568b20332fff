import { databaseIn, integerIn, readOptions } from "../arguments.ts";

const usage = `npm run bench -- project [--events N] [--lag SECONDS] [--database sqlite|postgres|URL] [--json]`;

export interface Arguments {
  /** Events to project, at least. */
  readonly events: number;
  /** One-second blocks that the lag is measured behind; 0 for none. */
  readonly lag: number;
  /** `sqlite`, `postgres` for one of the bench's own, or the address of one that may make databases: `postgres://…` */
  readonly database: string;
  readonly json: boolean;
}

const options = {
  events: { type: "string", default: "100000" },
  lag: { type: "string", default: "20" },
  database: { type: "string", default: "sqlite" },
  json: { type: "boolean", default: false },
} as const;

/** @throws UsageError */
export function readArguments(args: readonly string[]): Arguments {
  return readOptions(args, options, usage, ({ events, lag, database, json }) => ({
    events: integerIn("--events", events, 1, 20_000_000),
    lag: integerIn("--lag", lag, 0, 3600),
    database: databaseIn(database),
    json,
  }));
}
