import { gasOfFinancedLife, type Figures } from "./figures.ts";

const titles = ["Operation", "Gas", "Floor", "Ratio", "New slots", "Updated slots"] as const;

/** For a terminal. */
export function textTable(all: readonly Figures[]): string {
  const lines = aligned([titles, ...all.map(cells), totalCells(all)]);
  return lines.map((line) => line.join("  ").trimEnd()).join("\n");
}

/** For a page, aligned as the formatter would. */
export function markdownTable(all: readonly Figures[]): string {
  const [head = [], ...rows] = aligned([titles, ...all.map(cells), totalCells(all)]);
  const rule = head.map(({ length }, column) =>
    column === 0 ? "-".repeat(length) : `${"-".repeat(length - 1)}:`,
  );
  return [head, rule, ...rows].map((line) => `| ${line.join(" | ")} |`).join("\n");
}

function cells({ operation, gas, floor, ratio, newSlots, updatedSlots }: Figures): string[] {
  const slots = [newSlots, updatedSlots].map(String);
  return [operation, grouped(gas), grouped(floor), ratio.toFixed(3), ...slots];
}

function totalCells(all: readonly Figures[]): string[] {
  return ["the eight acts", grouped(gasOfFinancedLife(all)), "", "", "", ""];
}

function aligned(rows: readonly (readonly string[])[]): string[][] {
  const widths = titles.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    widths.map((width, column) => {
      const cell = row[column] ?? "";
      return column === 0 ? cell.padEnd(width) : cell.padStart(width);
    }),
  );
}

function grouped(gas: number): string {
  return gas.toLocaleString("en-GB");
}
