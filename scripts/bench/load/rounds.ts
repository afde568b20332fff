import { runBare, runRaw } from "./bare.ts";
import type { Books } from "./books.ts";
import { runBatches, runSingles, type Turn } from "./driven.ts";
import type { Figures, Pace } from "./figures.ts";
import { costBetween, spentBy, type Spent } from "./processors.ts";
import type { Stage } from "./stage.ts";
import { Tally } from "./tally.ts";

const batchSize = 100;
const rawEach = 20;
/** Turns of each kind in a round: short ones, so that what else the machine has to do meets all of them alike. */
const laps = 3;

type Kind = "bare" | "raw" | "singles" | "batched";
type Paces = Readonly<Record<Kind, Pace>>;

/** The bare script, the API and what is signed already, in turns. */
export async function runRounds(
  stage: Stage,
  books: Books,
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
  progress: (says: string) => void,
): Promise<Paces & Pick<Figures, "singlesOfBare" | "singlesOfRaw" | "batchedOfBare" | "answers">> {
  const tally = new Tally();
  const lap = seconds / laps;
  const acts: Readonly<Record<Kind, () => Promise<Turn>>> = {
    bare: () => runBare(stage, lap),
    singles: () => runSingles(stage, books, tally, lap),
    batched: () => runBatches(stage, books, tally, lap, batchSize),
    raw: () => runRaw(stage, rawEach),
  };
  await runSingles(stage, books, new Tally(), 2);
  const measured: Paces[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const paces = await oneRound(stage, acts);
    measured.push(paces);
    progress(`round ${round}: ${JSON.stringify(paces)}`);
  }
  const ratio = (one: Kind, other: Kind): number =>
    rounded(median(measured.map((paces) => paces[one].perSecond / paces[other].perSecond)), 100);
  return {
    ...mapped((kind) => medianPace(measured.map((paces) => paces[kind]))),
    singlesOfBare: ratio("singles", "bare"),
    singlesOfRaw: ratio("singles", "raw"),
    batchedOfBare: ratio("batched", "bare"),
    answers: tally.counts,
  };
}

async function oneRound(
  stage: Stage,
  acts: Readonly<Record<Kind, () => Promise<Turn>>>,
): Promise<Paces> {
  const sums = mapped(() => ({ done: 0, seconds: 0, spent: [] as Spent[] }));
  for (let lap = 0; lap < laps; lap += 1) {
    for (const kind of Object.keys(acts) as Kind[]) {
      const before = await spentBy(stage.pids);
      const { done, seconds } = await acts[kind]();
      sums[kind].done += done;
      sums[kind].seconds += seconds;
      sums[kind].spent.push(costBetween(before, await spentBy(stage.pids), 1));
    }
  }
  return mapped((kind) => {
    const { done, seconds, spent } = sums[kind];
    const total = (who: keyof Spent): number => spent.reduce((sum, one) => sum + one[who], 0);
    const nothing = { backend: 0, node: 0, client: 0 };
    const all = { backend: total("backend"), node: total("node"), client: total("client") };
    return { perSecond: rounded(done / seconds, 10), processor: costBetween(nothing, all, done) };
  });
}

function medianPace(paces: readonly Pace[]): Pace {
  const of = (who: keyof Spent): number => median(paces.map(({ processor }) => processor[who]));
  return {
    perSecond: median(paces.map(({ perSecond }) => perSecond)),
    processor: { backend: of("backend"), node: of("node"), client: of("client") },
  };
}

function mapped<T>(of: (kind: Kind) => T): Readonly<Record<Kind, T>> {
  return { bare: of("bare"), raw: of("raw"), singles: of("singles"), batched: of("batched") };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

export function rounded(value: number, parts = 10): number {
  return Math.round(value * parts) / parts;
}
