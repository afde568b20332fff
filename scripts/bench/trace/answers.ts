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
}

/** A ledger that can be opened again and again. */
export interface Reopened {
  /** Opens it anew. */
  open(): Promise<Database>;
  /** Takes its files out of the system's page cache; it is closed then. */
  forget(): Promise<void>;
}

/** As the application makes it: the parties' names are asked of nobody. */
export function traceOf(database: Database): TraceService {
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
  const latency = new Latency();
  for (const lot of lots) {
    await ledger.forget();
    const database = await ledger.open();
    latency.add(await timed(database, lot, length));
    await database.close();
  }
  return answers(latency, length, true);
}

/** Each answer for the second time, on one connection. */
export async function measureWarm(
  ledger: Reopened,
  length: number,
  lots: readonly string[],
): Promise<Answers> {
  const latency = new Latency();
  const database = await ledger.open();
  for (const lot of lots) {
    await timed(database, lot, length);
    latency.add(await timed(database, lot, length));
  }
  await database.close();
  return answers(latency, length, false);
}

async function timed(database: Database, lot: string, length: number): Promise<number> {
  const service = traceOf(database);
  const before = performance.now();
  const trace = await service.trace(lot, { direction: "both", most: 1000 });
  const took = performance.now() - before;
  if (trace.events.length !== length || !trace.isWhole) {
    throw new Error(
      `${lot} has ${String(trace.events.length)} events instead of ${String(length)}.`,
    );
  }
  return took;
}

function answers(latency: Latency, length: number, isCold: boolean): Answers {
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => latency.at(share));
  return { length, isCold, count: latency.count, p50: p50 ?? 0, p95: p95 ?? 0, p99: p99 ?? 0 };
}

/** posix_fadvise(POSIX_FADV_DONTNEED) over whole files, by GNU dd. */
export function dropFromCache(files: readonly string[]): void {
  for (const file of files) {
    execFileSync("dd", [`if=${file}`, "iflag=nocache", "count=0", "status=none"]);
  }
}
