import type { Names } from "./names.ts";

interface Tally {
  calls: number;
  succeeded: number;
}

interface Counts {
  /** By function. */
  readonly tallies: ReadonlyMap<string, Tally>;
  /** How often a refusal, or anything else that is rare, was met. */
  readonly met: ReadonlyMap<string, number>;
}

/** What the campaign wrote down, a line for each season: `name:calls:succeeded` of functions, `name:times` of the rest. */
export function readCounts(lines: Iterable<string>): Counts {
  const tallies = new Map<string, Tally>();
  const met = new Map<string, number>();
  for (const line of lines)
    for (const entry of line.split(" ")) {
      const [name = "", calls, succeeded] = entry.split(":");
      if (succeeded === undefined) {
        met.set(name, (met.get(name) ?? 0) + Number(calls));
        continue;
      }
      const tally = tallies.get(name) ?? { calls: 0, succeeded: 0 };
      tally.calls += Number(calls);
      tally.succeeded += Number(succeeded);
      tallies.set(name, tally);
    }
  return { tallies, met };
}

export function sum(tallies: Iterable<Tally>): Tally {
  const total = { calls: 0, succeeded: 0 };
  for (const { calls, succeeded } of tallies) {
    total.calls += calls;
    total.succeeded += succeeded;
  }
  return total;
}

export function table(tallies: ReadonlyMap<string, Tally>, names: Names): string {
  const rows = [...tallies]
    .map(([name, tally]) => [names.inText(name), ...figures(tally)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const all = ["all", ...figures(sum(tallies.values()))] as const;
  return [["function", "calls", "succeeded", "share"] as const, ...rows, all]
    .map(([name, calls, done, share]) =>
      [name.padEnd(40), calls.padStart(11), done.padStart(11), share.padStart(8)].join(" "),
    )
    .join("\n");
}

/** One line: the refusals, then whatever else is rare, each the most frequent first. */
export function rarities(met: ReadonlyMap<string, number>, names: Names): string {
  const entries = [...met].sort(([, a], [, b]) => b - a);
  const text = (refused: boolean) =>
    entries
      .filter(([name]) => name.startsWith("0x") === refused)
      .map(([name, times]) => `${names.inText(name)} ${number(times)}`)
      .join(", ");
  return `Refused: ${text(true)}.\nMet: ${text(false)}.`;
}

function figures({ calls, succeeded }: Tally): [string, string, string] {
  return [number(calls), number(succeeded), `${((100 * succeeded) / calls).toFixed(1)} %`];
}

export function number(value: number): string {
  return Math.round(value).toLocaleString("en-GB");
}

/** The calls of a season as a person reads them: day, caller, call, how it ended. */
export function describeTrace(lines: Iterable<string>, names: Names): string[] {
  const steps: string[] = [];
  let start: number | undefined;
  for (const line of lines) {
    const [first = "", second = "", target = "", data = "", answer = ""] = line.split("|");
    if (first === "name") {
      names.learn(target, second);
      continue;
    }
    const time = Number(first);
    start ??= time;
    const days = ((time - start) / 86_400).toFixed(2);
    const ending = answer.startsWith("!") ? names.error(answer.slice(1, 11)) : "ok";
    const step = `day ${days.padStart(6)}  ${second}: ${names.call(target, data)} -> ${ending}`;
    steps.push(step);
  }
  return steps;
}
