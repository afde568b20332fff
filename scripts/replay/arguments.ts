import { parseArgs } from "node:util";
import { InputError } from "./input-error.ts";

const usage = `npm run replay -- FILE.csv [--limit N] [--mapping FILE.json] [--facility FILE.json] [--url URL] [--json]

Plays an order book through the HTTP API of a sandbox, day by day, and reports what the facility would have done.
  --limit N       only the first N rows
  --mapping FILE  which column is what (as scripts/replay/mappings/plain.json); found by the columns if left out
  --facility FILE the lender's terms (as scripts/replay/facility.json)
  --url URL       a running sandbox; its own is started if left out
  --json          the report as one JSON document
A book to try: scripts/replay/sample/order-book.csv`;

export interface Arguments {
  readonly file: string;
  readonly limit: number | undefined;
  readonly mapping: string | undefined;
  readonly facility: string | undefined;
  readonly url: string | undefined;
  readonly json: boolean;
}

/** @throws InputError that says what is wrong with the command line */
export function readArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parsed(args);
  const [file, ...others] = positionals;
  if (file === undefined) throw new InputError(`FILE.csv is missing: the order book.\n${usage}`);
  if (others.length > 0) {
    throw new InputError(`One order book at a time; also given: ${others.join(", ")}.\n${usage}`);
  }
  if (values.url !== undefined && !/^https?:\/\/\S+$/.test(values.url)) {
    throw new InputError(`--url is an address like http://localhost:3000, not "${values.url}".`);
  }
  return {
    file,
    limit: readLimit(values.limit),
    mapping: values.mapping,
    facility: values.facility,
    url: values.url,
    json: values.json,
  };
}

function parsed(args: readonly string[]): ReturnType<typeof parse> {
  try {
    return parse(args);
  } catch (error) {
    throw new InputError(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      limit: { type: "string" },
      mapping: { type: "string" },
      facility: { type: "string" },
      url: { type: "string" },
      json: { type: "boolean", default: false },
    },
  });
}

function readLimit(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text)) {
    throw new InputError(`--limit is a number of rows, at least 1, not "${text}".`);
  }
  return Number(text);
}
