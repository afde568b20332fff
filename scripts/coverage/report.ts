import type { Measured } from "./measure.ts";
import type { Outcome } from "./probes.ts";

const leastLines = 0.98;
const leastBranches = 0.95;

/** What was seen of what there is. */
interface Share {
  readonly seen: number;
  readonly all: number;
}

export function isEnough(measured: Measured): boolean {
  const { outcomes } = measured;
  return (
    ratio(linesOf(outcomes, measured)) >= leastLines &&
    ratio(branchesOf(outcomes, measured)) >= leastBranches
  );
}

/** The table and what was not seen, in Markdown. */
export function textReport(measured: Measured): string {
  const { outcomes, seen } = measured;
  const files = [...new Set(outcomes.map(({ file }) => file))].sort();
  const row = (name: string, of: readonly Outcome[]): string =>
    `| ${[name, ...cells(linesOf(of, measured)), ...cells(branchesOf(of, measured))].join(" | ")} |`;
  const missed = outcomes.filter(({ id }) => !seen.has(id));
  return [
    "| file | lines | of | share | branches | of | share |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ...files.map((file) =>
      row(
        file,
        outcomes.filter((one) => one.file === file),
      ),
    ),
    row("all", outcomes),
    ...list("Never run:", missed, "statement"),
    ...list("Never seen:", missed, "branch"),
  ].join("\n");
}

function list(title: string, missed: readonly Outcome[], kind: Outcome["kind"]): readonly string[] {
  const places = Map.groupBy(
    missed.filter((one) => one.kind === kind),
    ({ file, line, column, by, text }) => `- ${file}:${line}:${column} ${by} … \`${text}\``,
  );
  const lines = [...places].map(([place, outcomes]) =>
    place.replace(
      " … ",
      kind === "branch" ? ` ${outcomes.map(({ what }) => what).join(", ")}: ` : "",
    ),
  );
  return lines.length > 0 ? ["", title, "", ...lines] : [];
}

/** A line counts where a statement begins on it, and was run when all of those were. */
function linesOf(outcomes: readonly Outcome[], { seen }: Measured): Share {
  const lines = new Map<string, boolean>();
  for (const { kind, file, line, id } of outcomes) {
    const place = `${file}:${line}`;
    if (kind === "statement") lines.set(place, (lines.get(place) ?? true) && seen.has(id));
  }
  return { seen: [...lines.values()].filter(Boolean).length, all: lines.size };
}

function branchesOf(outcomes: readonly Outcome[], { seen }: Measured): Share {
  const branches = outcomes.filter(({ kind }) => kind === "branch");
  return { seen: branches.filter(({ id }) => seen.has(id)).length, all: branches.length };
}

function cells(share: Share): readonly string[] {
  const percent = share.all > 0 ? `${(100 * ratio(share)).toFixed(1)} %` : "";
  return [String(share.seen), String(share.all), percent];
}

function ratio({ seen, all }: Share): number {
  return all === 0 ? 1 : seen / all;
}
