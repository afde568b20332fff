import type { Names } from "./names.ts";

interface Tally {
  calls: number;
  succeeded: number;
}

/** Calls and successes by function, as the campaign wrote them down: a line for each season. */
export function readCounts(lines: Iterable<string>): Map<string, Tally> {
  const tallies = new Map<string, Tally>();
  for (const line of lines)
    for (const entry of line.split(" ")) {
      const [name = "", calls, succeeded] = entry.split(":");
      const tally = tallies.get(name) ?? { calls: 0, succeeded: 0 };
      tally.calls += Number(calls);
      tally.succeeded += Number(succeeded);
      tallies.set(name, tally);
    }
  return tallies;
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
