import { parseArgs } from "node:util";

const usage = "npm run stories -- DIR [--via contracts|http] [--level N] [--json]";

const ways = ["contracts", "http"] as const;
type Way = (typeof ways)[number];

export interface Arguments {
  directory: string;
  via: Way;
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
  const { via, level, json } = values;
  return { directory, via: readWay(via), level: readLevel(level), json };
}

function readWay(text: string): Way {
  const way = ways.find((known) => known === text);
  if (way === undefined) throw new Error(`--via is ${ways.join(" or ")}, not "${text}".`);
  return way;
}

function readLevel(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]$/.test(text)) throw new Error(`--level is a number from 1 to 9, not "${text}".`);
  return Number(text);
}
