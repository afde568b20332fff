import { availableParallelism, loadavg } from "node:os";
import { readArguments } from "./arguments.ts";
import { Books } from "./books.ts";
import { runReads } from "./driven.ts";
import { inWords, type Figures, type Under } from "./figures.ts";
import { runMix, sendMix, type Outcome } from "./mix.ts";
import { costBetween, sharesBetween, spentBy } from "./processors.ts";
import { rounded, runRounds } from "./rounds.ts";
import { openStage, type Stage } from "./stage.ts";
import type { Tally } from "./tally.ts";

const readers = 16;
const overloadSeconds = 10;
/** Seconds of one look at whether p99 is back, and how many in a row have to say so. */
const probeSeconds = 1;
const probes = 3;
const recoversWithin = 120;

/**
 * `npm run bench -- load`: what the API makes of the node, beside what a bare script does, in turns.
 * @returns the exit code: 1 for a 5xx or no answer in the soak, no answer under overload, or anything lost or doubled
 * @throws UsageError
 */
export async function benchLoad(args: readonly string[]): Promise<number> {
  const { minutes, rounds, seconds, json } = readArguments(args);
  const before = loadOf();
  const stage = await openStage();
  try {
    const books = new Books();
    const paces = await runRounds(stage, books, { rounds, seconds }, progress);
    const reads = await readPace(stage, seconds);
    progress(`reads: ${JSON.stringify(reads)}; now the soak`);
    const most = paces.singles.perSecond;
    const { figures: soak, tally: ofSoak } = await under(stage, books, minutes * 60, most / 2);
    progress(`soak: ${JSON.stringify(soak)}; now too much`);
    const { figures: overloaded, tally: ofOverload } = await overload(stage, books, most, soak);
    const figures: Figures = {
      loadAverage: [before, loadOf()],
      cores: availableParallelism(),
      ...paces,
      reads,
      soak,
      overload: overloaded,
    };
    console.log(json ? JSON.stringify(figures, undefined, 2) : inWords(figures));
    const audits = [figures.soak.audit, figures.overload.audit];
    const isBroken = audits.some(
      ({ lost, doubled, unannounced, unsettled }) => lost + doubled + unannounced + unsettled > 0,
    );
    return isBroken || ofSoak.faults > 0 || ofOverload.unanswered > 0 ? 1 : 0;
  } finally {
    await stage.close();
  }
}

async function readPace(stage: Stage, seconds: number): Promise<Figures["reads"]> {
  await runReads(stage, 1, readers);
  const before = await spentBy(stage.pids);
  const { done, seconds: took, latency, tally } = await runReads(stage, seconds, readers);
  return {
    perSecond: rounded(done / took),
    processor: costBetween(before, await spentBy(stage.pids), done),
    latency: latency.summary,
    answers: tally.counts,
  };
}

async function under(
  stage: Stage,
  books: Books,
  seconds: number,
  perSecond: number,
  whenSent: () => Promise<void> = () => Promise.resolve(),
): Promise<{ readonly figures: Figures["soak"]; readonly tally: Tally }> {
  const memory = [await stage.memory()];
  const look = setInterval(() => void stage.memory().then((mb) => memory.push(mb)), seconds * 100);
  const [before, begun] = [await spentBy(stage.pids), performance.now()];
  const sent = await sendMix(stage, books, seconds, perSecond);
  const processors = sharesBetween(before, await spentBy(stage.pids), performance.now() - begun);
  await whenSent();
  const outcome = await sent.outcome();
  clearInterval(look);
  const audit = await books.audit(stage);
  const told: Under = {
    ...summary(outcome),
    changesPerSecond: rounded(perSecond),
    seconds,
    processors,
    audit,
  };
  return { figures: { ...told, memory }, tally: outcome.tally };
}

function summary(
  outcome: Outcome,
): Omit<Under, "changesPerSecond" | "seconds" | "processors" | "audit"> {
  return {
    answers: outcome.tally.counts,
    accept: outcome.accept.summary,
    visible: outcome.visible.summary,
    reads: outcome.reads.summary,
    behind: outcome.behind.summary,
    trades: outcome.trades,
    mostOpen: outcome.mostOpen,
  };
}

async function overload(
  stage: Stage,
  books: Books,
  most: number,
  usual: Figures["soak"],
): Promise<{ readonly figures: Figures["overload"]; readonly tally: Tally }> {
  let recoveredWithin: number | undefined;
  const { figures, tally } = await under(stage, books, overloadSeconds, most * 10, async () => {
    recoveredWithin = await recovery(stage, books, most / 2, usual);
  });
  return { figures: { ...figures, recoveredWithin }, tally };
}

/** Seconds, from when nothing more is sent, until p99 of changes and of reads is what it was at the same pace before, for three looks in a row. */
async function recovery(
  stage: Stage,
  books: Books,
  perSecond: number,
  usual: Under,
): Promise<number | undefined> {
  const ended = performance.now();
  let since: number | undefined;
  for (let good = 0; good < probes;) {
    const at = performance.now();
    if (at - ended > recoversWithin * 1000) return undefined;
    const { tally, visible, reads } = await runMix(stage, books, probeSeconds, perSecond);
    const isBack =
      tally.faults === 0 &&
      visible.at(0.99) <= usual.visible.p99 &&
      reads.at(0.99) <= usual.reads.p99;
    since = isBack ? (since ?? at) : undefined;
    good = isBack ? good + 1 : 0;
  }
  return since === undefined ? undefined : rounded((since - ended) / 1000);
}

function loadOf(): number {
  return rounded(loadavg()[0] ?? 0, 100);
}

/** So that who waits for many minutes sees that it goes on. */
function progress(says: string): void {
  console.error(says);
}
