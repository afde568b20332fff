import { parseArgs } from "node:util";

const usage = "npm run stories -- DIR [--via contracts] [--level N] [--json]";

export interface Arguments {
  directory: string;
  via: "contracts";
  /** All levels where none is named. */
  level: number | undefined;
  json: boolean;
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
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      via: { type: "string", default: "contracts" },
      level: { type: "string" },
      json: { type: "boolean", default: false },
    },
  });
  const [directory, ...others] = positionals;
  if (directory === undefined) throw new Error("DIR is missing: the folder with the stories.");
  if (others.length > 0) throw new Error(`One folder at a time; also given: ${others.join(", ")}.`);
  if (values.via === "http") throw new Error("--via http is not there yet; --via contracts is.");
  if (values.via !== "contracts") throw new Error(`--via is contracts, not "${values.via}".`);
  return { directory, via: values.via, level: readLevel(values.level), json: values.json };
}

function readLevel(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]$/.test(text)) throw new Error(`--level is a number from 1 to 9, not "${text}".`);
  return Number(text);
}
