import { parseArgs } from "node:util";

const usage =
  "npm run faults -- [--lifecycles N] [--seed S] [--database sqlite|postgres] [--processes 1|3] [--kills K]";

export interface Arguments {
  /** Orders from issue to cash. */
  readonly lifecycles: number;
  /** From which everything that is planned follows. */
  readonly seed: number;
  readonly database: "sqlite" | "postgres";
  /** Backends on one database. */
  readonly processes: number;
  readonly kills: number;
}

/** @throws Error that says what is wrong with the command line */
export function readArguments(args: readonly string[]): Arguments {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        lifecycles: { type: "string", default: "50" },
        seed: { type: "string", default: "1" },
        database: { type: "string", default: "sqlite" },
        processes: { type: "string", default: "1" },
        kills: { type: "string" },
      },
    });
    const { database } = values;
    if (database !== "sqlite" && database !== "postgres")
      throw new Error(`--database is sqlite or postgres, not "${database}".`);
    const lifecycles = count("--lifecycles", values.lifecycles, 1);
    const processes = count("--processes", values.processes, 1);
    if (database === "sqlite" && processes > 1)
      throw new Error("--processes: SQLite has one writer, and serves one process.");
    return {
      lifecycles,
      database,
      processes,
      seed: count("--seed", values.seed, 0),
      kills:
        values.kills === undefined
          ? Math.max(Math.ceil(lifecycles * 0.7), 1)
          : count("--kills", values.kills, 0),
    };
  } catch (problem) {
    throw new Error(`${problem instanceof Error ? problem.message : String(problem)}\n${usage}`);
  }
}

function count(name: string, text: string, least: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least))
    throw new Error(`${name} is a number from ${String(least)} on, not "${text}".`);
  return value;
}
