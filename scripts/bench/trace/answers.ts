import { execFileSync } from "node:child_process";
import { TraceStarts } from "../../../backend/src/trace/trace-start.ts";
import { TraceService } from "../../../backend/src/trace/trace.service.ts";
import type { Database } from "../../../backend/src/database/database.ts";
import { EventHistory } from "../../../backend/src/epcis/event-history.ts";
import { EventLedger } from "../../../backend/src/trace/event-ledger.ts";
import { ReceiptTies } from "../../../backend/src/trace/receipt-ties.ts";
import { Latency } from "../load/latency.ts";

/** Milliseconds of answers. */
export interface Answers {
  /** Events of the lineage. */
  readonly length: number;
  readonly isCold: boolean;
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Of it, processor time of this process at p50: what other processes take does not count. */
  readonly processor: number;
}

/** A ledger that can be opened again and again. */
export interface Reopened {
  /** Opens it anew. */
  open(): Promise<Database>;
  /** Takes its files out of the system's page cache; it is closed then. */
  forget(): Promise<void>;
}

/** As the application makes it: the parties' names are asked of nobody. */
function traceOf(database: Database): TraceService {
  const nobody = {
    find: () => Promise.resolve(undefined),
    withKey: () => Promise.resolve(undefined),
  };
  return new TraceService(
    new TraceStarts(database),
    new EventLedger(database, new EventHistory(database)),
    new ReceiptTies(database),
    nobody,
  );
}

/** Each answer on a connection of its own, with nothing of the ledger in memory. */
export async function measureCold(
  ledger: Reopened,
  length: number,
  lots: readonly string[],
): Promise<Answers> {
  const taken: Taken[] = [];
  for (const lot of lots) {
    await ledger.forget();
    const database = await ledger.open();
    taken.push(await timed(database, lot, length));
    await database.close();
  }
  return answers(taken, length, true);
}

/** Each answer for the second time, on one connection. */
export async function measureWarm(
  ledger: Reopened,
  length: number,
  lots: readonly string[],
): Promise<Answers> {
  const taken: Taken[] = [];
  const database = await ledger.open();
  for (const lot of lots) {
    await timed(database, lot, length);
    taken.push(await timed(database, lot, length));
  }
  await database.close();
  return answers(taken, length, false);
}

interface Taken {
  readonly milliseconds: number;
  readonly processor: number;
}

async function timed(database: Database, lot: string, length: number): Promise<Taken> {
  const service = traceOf(database);
  const processor = process.cpuUsage();
  const before = performance.now();
  const trace = await service.trace(lot, { direction: "both", most: 1000 });
  const milliseconds = performance.now() - before;
  const { user, system } = process.cpuUsage(processor);
  if (trace.events.length !== length || !trace.isWhole) {
    throw new Error(
      `${lot} has ${String(trace.events.length)} events instead of ${String(length)}.`,
    );
  }
  return { milliseconds, processor: (user + system) / 1000 };
}

function answers(taken: readonly Taken[], length: number, isCold: boolean): Answers {
  const latency = new Latency();
  const processor = new Latency();
  for (const each of taken) {
    latency.add(each.milliseconds);
    processor.add(each.processor);
  }
  const [p50 = 0, p95 = 0, p99 = 0] = [0.5, 0.95, 0.99].map((share) => latency.at(share));
  return { length, isCold, count: latency.count, p50, p95, p99, processor: processor.at(0.5) };
}

/** posix_fadvise(POSIX_FADV_DONTNEED) over whole files, by GNU dd. */
export function dropFromCache(files: readonly string[]): void {
  for (const file of files) {
    execFileSync("dd", [`if=${file}`, "iflag=nocache", "count=0", "status=none"]);
  }
}
