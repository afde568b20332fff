import type { Audit } from "./books.ts";
import type { LatencySummary } from "./latency.ts";
import type { Spent } from "./processors.ts";

type Counts = Readonly<Record<string, number>>;

/** What a closed loop makes of the node: operations a second, and milliseconds of processor for each of them. */
export interface Pace {
  readonly perSecond: number;
  readonly processor: Spent;
}

export interface Under {
  readonly changesPerSecond: number;
  readonly seconds: number;
  readonly answers: Counts;
  readonly accept: LatencySummary;
  readonly visible: LatencySummary;
  readonly reads: LatencySummary;
  /** From when a request was due to when it was sent: what the client itself was late. */
  readonly behind: LatencySummary;
  /** From order to payment. */
  readonly trades: number;
  readonly mostOpen: number;
  /** Processors that each kept busy. */
  readonly processors: Spent;
  readonly audit: Audit;
}

export interface Figures {
  /** Of the machine, at the beginning and at the end: what else there was to do. */
  readonly loadAverage: readonly number[];
  readonly cores: number;
  readonly bare: Pace;
  readonly raw: Pace;
  readonly singles: Pace;
  readonly batched: Pace;
  /** Medians of the rounds. */
  readonly singlesOfBare: number;
  readonly singlesOfRaw: number;
  readonly batchedOfBare: number;
  /** Of the API's closed loops: also what was refused or came late. */
  readonly answers: Counts;
  readonly reads: Pace & { readonly latency: LatencySummary; readonly answers: Counts };
  /** `memory`: MB at the beginning, at each tenth, at the end. */
  readonly soak: Under & { readonly memory: readonly number[] };
  /** `recoveredWithin`: seconds until p99 was back; undefined where it was not within two minutes. */
  readonly overload: Under & {
    readonly recoveredWithin: number | undefined;
    readonly memory: readonly number[];
  };
}

export function inWords(figures: Figures): string {
  const { bare, raw, singles, batched, reads, soak, overload } = figures;
  return [
    `${figures.cores} processors; load average ${figures.loadAverage.join(" before, ")} after.`,
    `Bare script: ${paced(bare)}.`,
    `Pre-signed transactions: ${paced(raw)}.`,
    `API, one by one: ${paced(singles)}; ${figures.singlesOfBare} of the bare script (goal 0.5), ${figures.singlesOfRaw} of the pre-signed.`,
    `API, batches: ${paced(batched)}; ${figures.batchedOfBare} of the bare script (goal 2).`,
    `Answers to these: ${JSON.stringify(figures.answers)}.`,
    `Reads: ${paced(reads)}; ${spread(reads.latency)} (goal 2,000/s, p99 20 ms); answers ${JSON.stringify(reads.answers)}.`,
    `Half of the maximum (goal: no 5xx): ${told(soak)}; memory ${soak.memory.join(", ")} MB.`,
    `Ten times the maximum: ${told(overload)}; memory ${overload.memory.join(", ")} MB; p99 back ` +
      `${overload.recoveredWithin === undefined ? "not within two minutes" : `within ${overload.recoveredWithin} s`} (goal 30).`,
  ].join("\n");
}

function paced({ perSecond, processor }: Pace): string {
  return `${perSecond}/s, processor ms each: ${shared(processor)}`;
}

function told(under: Under): string {
  const { audit, processors } = under;
  return (
    `${under.changesPerSecond} changes/s and seven reads to three changes for ${under.seconds} s; answers ${JSON.stringify(under.answers)}; ` +
    `accept ${spread(under.accept)}; visible ${spread(under.visible)}; reads ${spread(under.reads)}; client behind ${spread(under.behind)}; ` +
    `${under.trades} whole trades; at most ${under.mostOpen} at once; processors: ${shared(processors)}; ` +
    `orders promised ${audit.promised}, lost ${audit.lost}, doubled ${audit.doubled}, done though refused ${audit.unannounced}, ` +
    `commands that did not end ${audit.unsettled}, without answer and asked again ${JSON.stringify(audit.unanswered)}`
  );
}

function shared({ backend, node, client }: Spent): string {
  return `backend ${backend}, node ${node}, client ${client}`;
}

function spread({ count, p50, p99 }: LatencySummary): string {
  return `p50 ${p50} ms, p99 ${p99} ms (${count})`;
}
