import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Figures } from "./figures.ts";
import { markdownTable } from "./table.ts";

const snapshotFile = fileURLToPath(new URL("../../../docs/gas.json", import.meta.url));
const pageFile = fileURLToPath(new URL("../../../docs/gas.md", import.meta.url));
const marks = { begin: "<!-- gas: begin -->", end: "<!-- gas: end -->" } as const;
const toleranceBps = 200;

/** The figures that were last committed. */
export async function readSnapshot(): Promise<readonly Figures[]> {
  return JSON.parse(await readFile(snapshotFile, "utf8")) as Figures[];
}

/** Replaces the snapshot, and the table on the page about gas. */
export async function writeSnapshot(all: readonly Figures[]): Promise<void> {
  const page = await readFile(pageFile, "utf8");
  const [begin, end] = [page.indexOf(marks.begin), page.indexOf(marks.end)];
  if (begin < 0 || end < begin)
    throw new Error(`docs/gas.md has no place for the table: ${marks.begin} … ${marks.end}`);
  const table = `${marks.begin}\n\n${markdownTable(all)}\n\n`;
  await writeFile(pageFile, page.slice(0, begin) + table + page.slice(end));
  await writeFile(snapshotFile, asJson(all));
}

export function asJson(all: readonly Figures[]): string {
  return `${JSON.stringify(all, undefined, 2)}\n`;
}

/** One sentence for each operation whose gas rose by more than 2 %, or that only one side knows. */
export function findings(before: readonly Figures[], now: readonly Figures[]): string[] {
  const names = new Set([...before, ...now].map(({ operation }) => operation));
  return [...names].flatMap((name) => {
    const [old, fresh] = [before, now].map((all) =>
      all.find(({ operation }) => operation === name),
    );
    if (old === undefined) return [`${name} is not in the snapshot.`];
    if (fresh === undefined) return [`${name} is in the snapshot and was not measured.`];
    if (fresh.gas * 10_000 <= old.gas * (10_000 + toleranceBps)) return [];
    const rise = ((fresh.gas / old.gas - 1) * 100).toFixed(1);
    return [`${name} takes ${fresh.gas} gas, ${rise} % more than ${old.gas}.`];
  });
}
