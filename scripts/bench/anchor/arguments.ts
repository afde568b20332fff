import { databaseIn, integerIn, readOptions } from "../arguments.ts";

const usage = `npm run bench -- anchor [--events N] [--document N] [--database sqlite|postgres|URL] [--json]`;

export interface Arguments {
  readonly events: number;
  /** Events of a document. */
  readonly document: number;
  /** `sqlite`, `postgres` for one of the bench's own, or the address of one that may make databases: `postgres://…` */
  readonly database: string;
  readonly json: boolean;
}

const options = {
  events: { type: "string", default: "100000" },
  document: { type: "string", default: "1000" },
  database: { type: "string", default: "sqlite" },
  json: { type: "boolean", default: false },
} as const;

/** @throws UsageError */
export function readArguments(args: readonly string[]): Arguments {
  return readOptions(args, options, usage, ({ events, document, database, json }) => ({
    events: integerIn("--events", events, 1, 1_000_000),
    document: integerIn("--document", document, 1, 10_000),
    database: databaseIn(database),
    json,
  }));
}
