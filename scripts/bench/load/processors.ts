import { readFile } from "node:fs/promises";

/** Milliseconds of one tick of the kernel's clock. */
const tick = 10;

/** Milliseconds of processor time that each process has had. */
export interface Spent {
  readonly backend: number;
  readonly node: number;
  /** This process: whoever asks. */
  readonly client: number;
}

export type Pids = Readonly<Record<keyof Spent, number>>;

export async function spentBy({ backend, node, client }: Pids): Promise<Spent> {
  return { backend: await spent(backend), node: await spent(node), client: await spent(client) };
}

/** Processors that each has kept busy between two looks. */
export function sharesBetween(before: Spent, after: Spent, milliseconds: number): Spent {
  return mapped(before, after, (used) => used / milliseconds);
}

/** Milliseconds of processor for each of `count`. */
export function costBetween(before: Spent, after: Spent, count: number): Spent {
  return mapped(before, after, (used) => used / Math.max(count, 1));
}

function mapped(before: Spent, after: Spent, by: (used: number) => number): Spent {
  const of = (who: keyof Spent): number => Math.round(by(after[who] - before[who]) * 100) / 100;
  return { backend: of("backend"), node: of("node"), client: of("client") };
}

/** Milliseconds of processor time that a process has had. */
export async function spent(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * tick;
}
