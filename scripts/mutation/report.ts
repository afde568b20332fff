import { counts, type Fate, type Verdict } from "./verdict.ts";

const leastKilled = 0.9;
const fates: readonly Fate[] = ["killed", "survived", "uncompiled", "equivalent", "duplicate"];

export function isEnough(verdicts: readonly Verdict[]): boolean {
  return shareKilled(verdicts) >= leastKilled;
}

/** One line while it runs. */
export function describeVerdict({ mutant, fate, by, seconds }: Verdict): string {
  const told = by === undefined ? "" : ` by ${by}`;
  return `${fate} ${seconds.toFixed(1)} s  ${describeFault(mutant)}${told}`;
}

/** The table and the survivors, in Markdown. */
export function textReport(verdicts: readonly Verdict[]): string {
  const survivors = verdicts.filter(({ fate }) => fate === "survived");
  return [
    ...table(verdicts),
    "",
    ...(survivors.length > 0 ? ["Survivors:", ""] : []),
    ...survivors.map(({ mutant }) => `- ${describeFault(mutant)}`),
  ].join("\n");
}

export function jsonReport(verdicts: readonly Verdict[]): string {
  const told = verdicts.map(({ mutant: { source: _, ...mutant }, ...verdict }) => ({
    ...mutant,
    ...verdict,
  }));
  return JSON.stringify({ killed: shareKilled(verdicts), verdicts: told }, null, 2);
}

function table(verdicts: readonly Verdict[]): readonly string[] {
  const files = [...new Set(verdicts.map(({ mutant }) => mutant.file))].sort();
  const row = (name: string, of: readonly Verdict[]): string => {
    const numbers = fates.map((fate) => String(of.filter((one) => one.fate === fate).length));
    return `| ${[name, String(of.length), ...numbers, percent(of)].join(" | ")} |`;
  };
  return [
    `| ${["file", "mutants", ...fates, "share killed"].join(" | ")} |`,
    `| --- |${" ---: |".repeat(fates.length + 2)}`,
    ...files.map((file) =>
      row(
        file,
        verdicts.filter(({ mutant }) => mutant.file === file),
      ),
    ),
    row("all", verdicts),
  ];
}

function describeFault(mutant: Verdict["mutant"]): string {
  const quoted = (text: string): string => `\`${text.replace(/\s+/g, " ")}\``;
  const { file, line, operator, original, mutated } = mutant;
  return `${file}:${line} ${operator}: ${quoted(original)} → ${quoted(mutated)}`;
}

function shareKilled(verdicts: readonly Verdict[]): number {
  const counted = verdicts.filter(counts);
  if (counted.length === 0) return 1;
  return counted.filter(({ fate }) => fate === "killed").length / counted.length;
}

function percent(verdicts: readonly Verdict[]): string {
  return verdicts.some(counts) ? `${(100 * shareKilled(verdicts)).toFixed(1)} %` : "";
}
