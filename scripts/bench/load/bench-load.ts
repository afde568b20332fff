import { setTimeout as sleep } from "node:timers/promises";
import { readArguments } from "./arguments.ts";
import { runBare, runRaw } from "./bare.ts";
import { runBatches, runMix, runReads, runSingles, unsettled, type Outcome } from "./driven.ts";
import type { LatencySummary } from "./latency.ts";
import { openStage, type Stage } from "./stage.ts";

const batchSize = 100;
const readers = 16;
const overloadSeconds = 10;
/** Milliseconds: a change that is answered within this shows that it is over. */
const usual = 1000;

interface Figures {
  readonly bare: number;
  readonly raw: number;
  readonly singles: number;
  readonly batched: number;
  readonly singlesOfBare: number;
  readonly batchedOfBare: number;
  readonly reads: LatencySummary & { readonly perSecond: number };
  readonly soak: {
    readonly changesPerSecond: number;
    readonly seconds: number;
    readonly statuses: Readonly<Record<string, number>>;
    readonly accept: LatencySummary;
    readonly visible: LatencySummary;
    readonly reads: LatencySummary;
    /** MB at the beginning, at each tenth, at the end. */
    readonly memory: readonly number[];
    readonly lost: number;
  };
  readonly overload: {
    readonly changesPerSecond: number;
    readonly statuses: Readonly<Record<string, number>>;
    readonly recoveredWithin: number;
    readonly lost: number;
  };
}

/**
 * `npm run bench -- load`: what the API makes of the node, beside what a bare script does, in turns.
 * @returns the exit code: 1 for a 5xx in the soak, or anything lost
 * @throws UsageError
 */
export async function benchLoad(args: readonly string[]): Promise<number> {
  const { minutes, rounds, seconds, json } = readArguments(args);
  const stage = await openStage();
  try {
    const turns: { bare: number; singles: number; batched: number }[] = [];
    await runSingles(stage, 2);
    for (let round = 0; round < rounds; round += 1) {
      const turn = {
        bare: await runBare(stage, seconds),
        singles: await runSingles(stage, seconds),
        batched: await runBatches(stage, seconds, batchSize),
      };
      turns.push(turn);
      progress(`round ${round + 1}: ${JSON.stringify(turn)}`);
    }
    const bare = median(turns.map((turn) => turn.bare));
    const singles = median(turns.map((turn) => turn.singles));
    const batched = median(turns.map((turn) => turn.batched));
    const raw = await runRaw(stage, 100);
    const reads = await runReads(stage, seconds, readers);
    progress(`pre-signed: ${rounded(raw)}/s; reads: ${rounded(reads.perSecond)}/s; now the soak`);
    const figures: Figures = {
      bare: rounded(bare),
      raw: rounded(raw),
      singles: rounded(singles),
      batched: rounded(batched),
      singlesOfBare: rounded(median(turns.map((turn) => turn.singles / turn.bare)), 100),
      batchedOfBare: rounded(median(turns.map((turn) => turn.batched / turn.bare)), 100),
      reads: { perSecond: rounded(reads.perSecond), ...reads.latency.summary },
      soak: await soak(stage, minutes * 60, singles / 2),
      overload: await overload(stage, singles * 10),
    };
    console.log(json ? JSON.stringify(figures, undefined, 2) : inWords(figures));
    const { soak: soaked, overload: overloaded } = figures;
    const broken = Object.keys(soaked.statuses).some((status) => Number(status) >= 500);
    return broken || soaked.lost > 0 || overloaded.lost > 0 ? 1 : 0;
  } finally {
    await stage.close();
  }
}

async function soak(stage: Stage, seconds: number, perSecond: number): Promise<Figures["soak"]> {
  const memory = [await stage.memory()];
  const look = setInterval(() => void stage.memory().then((mb) => memory.push(mb)), seconds * 100);
  const outcome = await runMix(stage, seconds, perSecond);
  clearInterval(look);
  return {
    changesPerSecond: rounded(perSecond),
    seconds,
    statuses: countsOf(outcome),
    accept: outcome.accept.summary,
    visible: outcome.visible.summary,
    reads: outcome.reads.summary,
    memory,
    lost: await unsettled(stage, outcome.accepted),
  };
}

async function overload(stage: Stage, perSecond: number): Promise<Figures["overload"]> {
  const outcome = await runMix(stage, overloadSeconds, perSecond);
  const ended = Date.now();
  for (;;) {
    const at = performance.now();
    const { statuses } = await runMix(stage, 0.2, 5);
    const isWell = [...statuses.keys()].every((status) => status > 0 && status < 300);
    if (isWell && performance.now() - at < usual) break;
    if (Date.now() - ended > 120_000) break;
    await sleep(200);
  }
  return {
    changesPerSecond: rounded(perSecond),
    statuses: countsOf(outcome),
    recoveredWithin: rounded((Date.now() - ended) / 1000),
    lost: await unsettled(stage, outcome.accepted),
  };
}

/** So that who waits for many minutes sees that it goes on. */
function progress(says: string): void {
  console.error(says);
}

function inWords(figures: Figures): string {
  const { soak: soaked, overload: overloaded, reads } = figures;
  const spread = ({ count, p50, p99 }: LatencySummary): string =>
    `p50 ${p50} ms, p99 ${p99} ms (${count})`;
  return [
    `Bare script: ${figures.bare} orders/s; pre-signed transactions: ${figures.raw}/s.`,
    `API, one by one: ${figures.singles} orders/s, ${figures.singlesOfBare} of the bare script (goal 0.5), ${rounded(figures.singles / figures.raw, 100)} of the pre-signed.`,
    `API, batches of ${batchSize}: ${figures.batched} orders/s, ${figures.batchedOfBare} of the bare script (goal 2).`,
    `Reads: ${reads.perSecond}/s by ${readers} readers, ${spread(reads)} (goal 2,000/s, p99 20 ms).`,
    `Soak of ${soaked.seconds} s at ${soaked.changesPerSecond} changes/s and twice as many reads and more: answers ${JSON.stringify(soaked.statuses)}; ` +
      `accept ${spread(soaked.accept)}; visible ${spread(soaked.visible)}; reads ${spread(soaked.reads)}; ` +
      `memory ${soaked.memory.join(", ")} MB; lost ${soaked.lost}.`,
    `Ten times the maximum for ${overloadSeconds} s (${overloaded.changesPerSecond} changes/s): answers ${JSON.stringify(overloaded.statuses)}; ` +
      `recovered within ${overloaded.recoveredWithin} s (goal 30); lost ${overloaded.lost}.`,
  ].join("\n");
}

function countsOf({ statuses }: Outcome): Record<string, number> {
  return Object.fromEntries([...statuses].sort(([a], [b]) => a - b));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function rounded(value: number, parts = 10): number {
  return Math.round(value * parts) / parts;
}
