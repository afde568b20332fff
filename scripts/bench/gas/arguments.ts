import { parseArgs } from "node:util";
import { UsageError } from "../usage-error.ts";
import { operations, type Operation } from "./operations.ts";

const usage = `npm run bench -- gas [--json] [--check] [--update]
npm run bench -- gas --explain OPERATION`;

export interface Arguments {
  readonly json: boolean;
  readonly check: boolean;
  readonly update: boolean;
  /** The one operation whose gas is to be told in detail. */
  readonly explain: Operation | undefined;
}

/** @throws UsageError */
export function readArguments(args: readonly string[]): Arguments {
  try {
    return read(args);
  } catch (problem) {
    throw new UsageError(
      `${problem instanceof Error ? problem.message : String(problem)}\n${usage}`,
    );
  }
}

function read(args: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: "boolean", default: false },
      check: { type: "boolean", default: false },
      update: { type: "boolean", default: false },
      explain: { type: "string" },
    },
  });
  const { json, check, update, explain } = values;
  if (explain !== undefined && (json || check || update))
    throw new Error("--explain stands alone: it measures one operation only.");
  if (check && update)
    throw new Error("--check compares with the snapshot that --update would replace.");
  return { json, check, update, explain: explain === undefined ? undefined : known(explain) };
}

function known(name: string): Operation {
  const operation = operations.find((one) => one === name);
  if (operation === undefined)
    throw new Error(`There is no operation "${name}". Operations: ${operations.join(", ")}.`);
  return operation;
}
