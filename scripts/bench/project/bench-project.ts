import { Logger } from "@nestjs/common";
import { readArguments, type Arguments } from "./arguments.ts";
import {
  measureDownload,
  measureLag,
  measureRebuild,
  type Lag,
  type Measured,
} from "./measures.ts";
import { RecordedChain } from "./recorded-chain.ts";
import { openStorage, type Storage } from "./storage.ts";

const source =
  "logs recorded from a season of 40 orders on a Hardhat network, repeated with other accounts and ids, " +
  "and served over HTTP by another process";

interface Figures {
  readonly source: string;
  readonly database: string;
  readonly blocks: number;
  readonly download: Measured;
  readonly rebuild: Measured;
  readonly lag: Lag | undefined;
}

/**
 * `npm run bench -- project`: how fast the read model follows from a chain's logs.
 * @returns the exit code
 * @throws UsageError
 */
export async function benchProject(args: readonly string[]): Promise<number> {
  const { events, lag, database, json } = readArguments(args);
  // What it measures writes nothing into the figures.
  Logger.overrideLogger(["error"]);
  const storage = await openStorage(database);
  try {
    return await bench(storage, { events, lag, json });
  } finally {
    await storage.close();
  }
}

async function bench(
  storage: Storage,
  { events, lag, json }: Omit<Arguments, "database">,
): Promise<number> {
  const chain = await RecordedChain.start(events);
  try {
    const figures: Figures = {
      source,
      database: storage.name,
      blocks: chain.length,
      download: await measureDownload(chain),
      rebuild: await measureRebuild(chain, storage),
      lag: lag === 0 ? undefined : await measureLag(chain, storage, lag),
    };
    console.log(json ? JSON.stringify(figures, undefined, 2) : inWords(figures));
    return 0;
  } finally {
    await chain.stop();
  }
}

function inWords({ source, database, blocks, download, rebuild, lag }: Figures): string {
  const share = perSecond(rebuild) / perSecond(download);
  return [
    `Source: ${source}.`,
    `${number(rebuild.events)} events in ${number(blocks)} blocks.`,
    line("Bare download and decoding", download),
    line(`Rebuild on ${database}`, rebuild),
    `The rebuild has ${share.toFixed(2)} of the bare download's pace.`,
    ...(lag === undefined
      ? []
      : [
          `Behind one-second blocks of ${lag.eventsPerBlock} events (${lag.blocks} blocks): ` +
            `median ${lag.median} ms, p99 ${lag.p99} ms, most ${lag.most} ms.`,
        ]),
  ].join("\n");
}

function line(what: string, measured: Measured): string {
  return (
    `${what}: ${measured.seconds.toFixed(1)} s (${measured.processor.toFixed(1)} s of processor time), ${number(perSecond(measured))} events/s; ` +
    `memory ${measured.memory.join(", ")} MB at each quarter.`
  );
}

function perSecond({ events, seconds }: Measured): number {
  return events / seconds;
}

function number(value: number): string {
  return Math.round(value).toLocaleString("en");
}
