import type { Chain } from "../../../backend/src/chain/chain.ts";
import { ChainClock } from "../../../backend/src/chain/clock.ts";
import { Contracts } from "../../../backend/src/chain/contracts.ts";
import { LogDecoder } from "../../../backend/src/chain/log-decoder.ts";
import { Rpc } from "../../../backend/src/chain/rpc.ts";
import { parseConfig } from "../../../backend/src/config/config.ts";
import { Database } from "../../../backend/src/database/database.ts";
import { LogSource } from "../../../backend/src/projection/log-source.ts";
import { ProjectionEngine } from "../../../backend/src/projection/projection.engine.ts";
import { readModel } from "../../../backend/src/read-model.ts";
import { schema } from "../../../backend/src/schema.ts";
import type { RecordedChain } from "./recorded-chain.ts";
import type { Storage } from "./storage.ts";

const megabyte = 2 ** 20;
/** Blocks that are there before those that come by the second. */
const blocksBefore = 300;

/** Something done with a number of events. */
export interface Measured {
  readonly events: number;
  readonly seconds: number;
  /** Seconds of processor time, of all threads of the process: what other processes take does not count. */
  readonly processor: number;
  /** Resident memory of the process that did it, in MB, at a quarter, half, three quarters and all of the blocks. */
  readonly memory: readonly number[];
}

export interface Lag {
  readonly blocks: number;
  readonly eventsPerBlock: number;
  /** Milliseconds from the block's being there to its being committed in the read model. */
  readonly median: number;
  readonly p99: number;
  readonly most: number;
}

/** Fetches and decodes the events as the projection does, and writes nothing. */
export async function measureDownload(chain: RecordedChain): Promise<Measured> {
  const rpc = new Rpc(chain.url, chain.deployment.chainId);
  try {
    const source = new LogSource(rpc);
    const decoder = new LogDecoder(chain.deployment);
    const memory = new MemoryWatch(chain.length);
    let events = 0;
    const watch = new Stopwatch();
    let next = source.range(1, chain.length, decoder.addresses);
    for (;;) {
      const { blocks, last } = await next;
      const isLast = last.number === chain.length;
      if (!isLast) next = source.range(last.number + 1, chain.length, decoder.addresses);
      for (const log of blocks.flatMap(({ logs }) => logs)) {
        if (decoder.decode(log) !== undefined) events += 1;
      }
      memory.at(last.number);
      if (isLast) break;
    }
    return { events, ...watch.read(), memory: memory.seen };
  } finally {
    rpc.destroy();
  }
}

/** Builds the read model from nothing. */
export async function measureRebuild(chain: RecordedChain, storage: Storage): Promise<Measured> {
  return withEngine(chain, storage, async (engine) => {
    const memory = new MemoryWatch(chain.length);
    engine.listen({
      projected: ({ block }) => {
        memory.at(block);
      },
    });
    const watch = new Stopwatch();
    await engine.start();
    return { events: chain.logs, ...watch.read(), memory: memory.seen };
  });
}

/** Follows blocks that come each second. */
export async function measureLag(
  chain: RecordedChain,
  storage: Storage,
  seconds: number,
): Promise<Lag> {
  const first = Math.min(blocksBefore, chain.length - seconds);
  await chain.moveHead(first);
  return withEngine(chain, storage, async (engine) => {
    await engine.start();
    const lags: number[] = [];
    for (let second = 1; second <= seconds; second += 1) {
      const next = new Promise((resolve) => setTimeout(resolve, 1000));
      const seen = projected(engine, first + second);
      const since = await chain.moveHead(first + second);
      lags.push((await seen) - since);
      await next;
    }
    lags.sort((a, b) => a - b);
    const at = (share: number): number =>
      lags[Math.min(lags.length - 1, Math.floor(lags.length * share))] ?? 0;
    return {
      blocks: lags.length,
      eventsPerBlock: Math.round(chain.logs / chain.length),
      median: at(0.5),
      p99: at(0.99),
      most: at(1),
    };
  });
}

/** When a block is projected, in milliseconds; nobody is asked to hurry. */
function projected(engine: ProjectionEngine, wanted: number): Promise<number> {
  return new Promise((resolve) => {
    const deaf = engine.listen({
      projected: ({ block }) => {
        if (block < wanted) return;
        deaf();
        resolve(Date.now());
      },
    });
  });
}

async function withEngine<T>(
  chain: RecordedChain,
  storage: Storage,
  work: (engine: ProjectionEngine) => Promise<T>,
): Promise<T> {
  const place = await storage.fresh();
  const { dataDir, databaseUrl } = place;
  const rpc = new Rpc(chain.url, chain.deployment.chainId);
  const config = { ...parseConfig({ SANDBOX: "true" }), logLevel: "silent" as const };
  const database = await Database.open({
    ...schema,
    dataDir,
    durable: true,
    ...(databaseUrl !== undefined && { url: databaseUrl }),
  });
  const parts = { rpc, contracts: new Contracts(chain.deployment) } as Chain;
  const clock = new ChainClock(false);
  const engine = new ProjectionEngine(config, parts, database, readModel(), clock);
  try {
    return await work(engine);
  } finally {
    await engine.stop();
    await database.close();
    rpc.destroy();
    await place.remove();
  }
}

class MemoryWatch {
  readonly seen: number[] = [];

  constructor(private readonly blocks: number) {}

  at(block: number): void {
    if (block < ((this.seen.length + 1) * this.blocks) / 4) return;
    this.seen.push(Math.round(process.memoryUsage.rss() / megabyte));
  }
}

class Stopwatch {
  readonly #begun = performance.now();
  readonly #used = process.cpuUsage();

  read(): { readonly seconds: number; readonly processor: number } {
    const { user, system } = process.cpuUsage(this.#used);
    return {
      seconds: (performance.now() - this.#begun) / 1000,
      processor: (user + system) / 1_000_000,
    };
  }
}
