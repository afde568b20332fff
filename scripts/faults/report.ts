import { crashPoints } from "../../backend/src/crash/crash-points.ts";
import type { Arguments } from "./arguments.ts";
import type { Outcome } from "./campaign.ts";
import type { Finding } from "./verdict/finding.ts";

/** Findings of one kind that are written out. */
const mostShown = 20;

/** What a campaign did and what came of it; its last line says lives, kills, lost and doubled. */
export function report(outcome: Outcome, options: Arguments, seconds: number): string {
  const { book, deaths, findings } = outcome;
  const lives = outcome.plan.waves.flat().length;
  const missed = deaths.all.filter((death) => death.kind === "killed" && death.missed).length;
  const atPoints = deaths.count("point");
  return [
    `Commands ${count(outcome.commands)}: granted effects ${count(book.granted)}, refused ${count(book.refused)}; ` +
      `requests repeated ${count(outcome.repeated)}.`,
    `Kills ${count(deaths.kills)}: at points ${count(atPoints)}, at random ${count(deaths.kills - atPoints)} ` +
      `(${count(missed)} had not come to their point); could not start ${count(deaths.count("notStarted"))}.`,
    ...crashPoints.map((point) => `  ${point.padEnd(28)} ${count(deaths.at(point))}`),
    `Approved by a second person ${count(outcome.attended.approved)}, signed by a wallet ${count(outcome.attended.signed)}.`,
    `From a death to the next process that is ready, milliseconds: ${spread(deaths.recoveries)}.`,
    `From a leader's death to the next leader, milliseconds: ${spread(outcome.takeovers)}.`,
    `Reorganisations ${count(outcome.reorganisations)}. Requests to the node ${count(outcome.requests)}, faults:`,
    ...[...outcome.faults]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([fault, times]) => `  ${fault.padEnd(28)} ${count(times)}`),
    `${seconds.toFixed(1)} s, --lifecycles ${count(options.lifecycles)} --kills ${count(options.kills)} ` +
      `--seed ${String(options.seed)} --database ${options.database} --processes ${count(options.processes)}`,
    ...shown(findings),
    `lives ${count(lives)}, kills ${count(deaths.kills)}, lost ${count(of(findings, "lost"))}, ` +
      `doubled ${count(of(findings, "doubled"))}, other findings ${count(others(findings))}`,
  ].join("\n");
}

function shown(findings: readonly Finding[]): string[] {
  return [...Map.groupBy(findings, ({ verdict }) => verdict)].flatMap(([verdict, all]) => [
    ...all.slice(0, mostShown).map(({ says }) => `WRONG (${verdict}) ${says}`),
    ...(all.length > mostShown
      ? [`WRONG (${verdict}) and ${count(all.length - mostShown)} more`]
      : []),
  ]);
}

function of(findings: readonly Finding[], verdict: Finding["verdict"]): number {
  return findings.filter((finding) => finding.verdict === verdict).length;
}

function others(findings: readonly Finding[]): number {
  return findings.length - of(findings, "lost") - of(findings, "doubled");
}

function spread(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): string =>
    count(sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? 0);
  return sorted.length === 0
    ? "none"
    : `min ${at(0)}, median ${at(0.5)}, max ${at(1)}, of ${count(sorted.length)}`;
}

function count(value: number): string {
  return String(value);
}
