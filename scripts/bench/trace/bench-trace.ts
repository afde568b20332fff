import { Logger } from "@nestjs/common";
import { measureCold, measureWarm, type Answers } from "./answers.ts";
import { readArguments, type Arguments } from "./arguments.ts";
import { measureCapture, type Captured } from "./capturing.ts";
import { fill } from "./filling.ts";
import { lengths } from "./harvests.ts";
import { openLedgers, type Ledgers } from "./ledgers.ts";

const source =
  "batches of rice from 2, 10 or 47 fields through grading, mixing and a mill, on 0, 6 or 100 pallets and " +
  "reusable crates to the shops; 400 batches at a time, put on record in bulk: the rows that capturing writes, " +
  "without the checks of documents and places";

interface Figures {
  readonly source: string;
  readonly database: string;
  readonly cold: string;
  readonly ledgers: readonly { readonly events: number; readonly answers: readonly Answers[] }[];
  readonly captured: Captured | undefined;
}

/**
 * `npm run bench -- trace`: how long answers of `TraceService` take, and how fast events are captured.
 * @returns the exit code
 * @throws UsageError
 */
export async function benchTrace(args: readonly string[]): Promise<number> {
  const wanted = readArguments(args);
  Logger.overrideLogger(["error"]);
  const ledgers = await openLedgers(wanted.database);
  try {
    const figures: Figures = {
      source,
      database: ledgers.name,
      cold: ledgers.cold,
      ledgers: await measureAll(ledgers, wanted),
      captured: wanted.captured === 0 ? undefined : await captured(ledgers, wanted.captured),
    };
    console.log(wanted.json ? JSON.stringify(figures, undefined, 2) : inWords(figures));
    return 0;
  } finally {
    await ledgers.close();
  }
}

async function measureAll(
  ledgers: Ledgers,
  { events: sizes, samples }: Arguments,
): Promise<Figures["ledgers"]> {
  const measured: { events: number; answers: Answers[] }[] = [];
  for (const size of sizes) {
    const ledger = await ledgers.fresh();
    try {
      const database = await ledger.open();
      const { events, lots } = await fill(database, size);
      await database.close();
      const answers: Answers[] = [];
      for (const length of lengths) {
        const asked = spread(lots.get(length) ?? [], samples);
        // The first answers are of code that has not been compiled.
        await measureWarm(ledger, length, asked.slice(0, 20));
        answers.push(
          await measureCold(ledger, length, asked),
          await measureWarm(ledger, length, asked),
        );
      }
      measured.push({ events, answers });
    } finally {
      await ledger.remove();
    }
  }
  return measured;
}

async function captured(ledgers: Ledgers, events: number): Promise<Captured> {
  const ledger = await ledgers.fresh();
  try {
    const database = await ledger.open();
    const measured = await measureCapture(database, events);
    await database.close();
    return measured;
  } finally {
    await ledger.remove();
  }
}

/** From all parts of a ledger. */
function spread(lots: readonly string[], samples: number): string[] {
  const step = Math.max(1, lots.length / samples);
  const places = Array.from({ length: Math.min(samples, lots.length) }, (_, at) =>
    Math.floor(at * step),
  );
  return places.flatMap((place) => lots[place] ?? []);
}

function inWords({ source: what, database, cold, ledgers, captured: taken }: Figures): string {
  return [
    `Source: ${what}.`,
    `${database}. Cold: ${cold}. Warm: the second time on the same connection.`,
    ...ledgers.flatMap(({ events, answers }) => [
      `${events.toLocaleString("en")} events on record:`,
      ...answers.map(
        ({ length, isCold, count, p50, p95, p99, processor }) =>
          `  lineage of ${String(length)}, ${isCold ? "cold" : "warm"}: p50 ${String(p50)} ms, p95 ${String(p95)} ms, ` +
          `p99 ${String(p99)} ms (${String(count)} answers; ${String(processor)} ms of processor time at p50)`,
      ),
    ]),
    ...(taken === undefined
      ? []
      : [
          `Captured with all checks, 1,000 events to a document: ${taken.events.toLocaleString("en")} events in ` +
            `${taken.seconds.toFixed(1)} s, ${Math.round(taken.events / taken.seconds).toLocaleString("en")} events/s; ` +
            `memory ${String(taken.before)} MB before, ${String(taken.most)} MB at most.`,
        ]),
  ].join("\n");
}
