import { setTimeout as sleep } from "node:timers/promises";
import { AddressBlooms } from "../chain/bloom.ts";
import { NetworkUnreachable, RpcError, type Header, type RawLog, type Rpc } from "../chain/rpc.ts";

/** A block with its logs, as far as they are ours: in order, each once. */
export interface BlockOfLogs {
  readonly header: Header;
  readonly logs: readonly RawLog[];
}

/** Consecutive blocks, of which those without a log of ours are left out. */
export interface Range {
  /** Of the first block, also where it has no log. */
  readonly parentHash: string;
  readonly last: Header;
  readonly blocks: readonly BlockOfLogs[];
  readonly logs: number;
}

/** Nodes that contradict each other or themselves: nothing of what they said is taken. */
class Contradiction extends Error {
  override readonly name = "Contradiction";
}

/** Headers asked for in one request, and requests at a time. */
const headersPerRequest = 100;
const requestsAtOnce = 4;
/** Blocks that are asked for again at a time. */
const blocksAtOnce = 16;

/** How often one question is asked before all that was asked with it is given up. */
const attempts = 4;
/** Milliseconds before the second attempt; twice as long before each further one. */
const shortestWait = 50;

const widestSpan = 5000;
/** Logs that a range should bring: what is written in one transaction. */
const logsPerRange = 10_000;

/**
 * Blocks and logs from nodes that may lag, fail, leave out, repeat or refuse: what it gives is without gaps.
 *
 * Headers are chained to each other by their parents' hashes, every log must be of the block that it says, and a block
 * whose bloom filter speaks of our contracts, but for which no log came, is asked for again by its hash, together with
 * the block itself: so that it is known that whoever answers has it.
 */
export class LogSource {
  /** Blocks to ask for at once. */
  #span = 200;
  /** By how much the span grows: slower after a range was refused. */
  #growth = 2;

  constructor(private readonly rpc: Rpc) {}

  /** Headers from one block to another, as far as the node has them without a gap. */
  async headers(from: number, to: number): Promise<Header[]> {
    const starts: number[] = [];
    for (let start = from; start <= to; start += headersPerRequest) starts.push(start);
    const headers: (Header | undefined)[] = [];
    for (let done = 0; done < starts.length; done += requestsAtOnce) {
      const asked = starts.slice(done, done + requestsAtOnce);
      const answers = await Promise.all(
        asked.map((start) =>
          insistently(() => this.rpc.headers(start, Math.min(start + headersPerRequest - 1, to))),
        ),
      );
      for (const answer of answers) headers.push(...answer);
    }
    const gap = headers.indexOf(undefined);
    return headers.slice(0, gap < 0 ? undefined : gap) as Header[];
  }

  /** Logs of one block. */
  async block(header: Header, addresses: readonly string[]): Promise<BlockOfLogs> {
    const first = await this.#block(header, addresses);
    const isDoubtful =
      first.logs.length === 0 && new AddressBlooms(addresses).mayBeIn(header.bloom);
    return isDoubtful ? this.#block(header, addresses) : first;
  }

  /**
   * The blocks from `from` on, as many as come at once, at most to `to`.
   * @throws Contradiction, RpcError, NetworkUnreachable: nothing has been taken, and it can be tried again
   */
  async range(from: number, to: number, addresses: readonly string[]): Promise<Range> {
    for (;;) {
      const last = Math.min(from + this.#span - 1, to);
      try {
        return await this.#range(from, last, addresses);
      } catch (error) {
        const isRefused = isTooMuch(error);
        if (isRefused || error instanceof NetworkUnreachable) {
          this.#span = Math.max(1, Math.floor((last - from + 1) / 2));
          this.#growth = 1.1;
        }
        if (!isRefused || last === from) throw error;
      }
    }
  }

  /** All logs of some contracts up to a block, range by range. */
  async *past(to: number, addresses: readonly string[]): AsyncGenerator<RawLog> {
    for (let from = 0; from <= to;) {
      const { blocks, last } = await this.range(from, to, addresses);
      for (const { logs } of blocks) yield* logs;
      from = last.number + 1;
    }
  }

  async #range(from: number, to: number, addresses: readonly string[]): Promise<Range> {
    const headers = await this.headers(from, to);
    const [first] = headers;
    const last = headers.at(-1);
    if (first === undefined || last?.number !== to) throw lacks(to);
    requireChain(headers);
    const blocks =
      first === last
        ? [await this.block(first, addresses)]
        : await this.#withoutGaps(headers, last, addresses);
    const logs = blocks.reduce((sum, block) => sum + block.logs.length, 0);
    this.#adapt(logs, headers.length);
    return { parentHash: first.parentHash, last, blocks, logs };
  }

  async #block(header: Header, addresses: readonly string[]): Promise<BlockOfLogs> {
    return insistently(async () => {
      const { logs, hasBlock } = await this.rpc.logsOfBlock(header.hash, addresses);
      if (!hasBlock) throw lacks(header.number);
      return { header, logs: inOrder(logs, new Map([[header.number, header]])) };
    });
  }

  async #withoutGaps(
    headers: readonly Header[],
    last: Header,
    addresses: readonly string[],
  ): Promise<BlockOfLogs[]> {
    const from = headers[0]?.number ?? 0;
    const ofBlock = new Map<number, RawLog[]>();
    const byNumber = new Map(headers.map((header) => [header.number, header]));
    const all = await insistently(async () => {
      const { logs, hasBlock } = await this.rpc.logsOfRange(from, last, addresses);
      if (!hasBlock) throw lacks(last.number);
      return inOrder(logs, byNumber);
    });
    for (const log of all) {
      const number = Number(log.blockNumber);
      const known = ofBlock.get(number);
      if (known === undefined) ofBlock.set(number, [log]);
      else known.push(log);
    }
    const blooms = new AddressBlooms(addresses);
    const doubtful = headers.filter(
      ({ number, bloom }) => !ofBlock.has(number) && blooms.mayBeIn(bloom),
    );
    for (let done = 0; done < doubtful.length; done += blocksAtOnce) {
      const asked = doubtful.slice(done, done + blocksAtOnce);
      const again = await Promise.all(asked.map((header) => this.#block(header, addresses)));
      for (const { header, logs } of again) {
        if (logs.length > 0) ofBlock.set(header.number, [...logs]);
      }
    }
    return headers.flatMap((header) => {
      const logs = ofBlock.get(header.number);
      return logs === undefined ? [] : [{ header, logs }];
    });
  }

  #adapt(logs: number, blocks: number): void {
    const byLogs = Math.floor((blocks * logsPerRange) / Math.max(logs, 1));
    const grown = Math.ceil(this.#span * this.#growth);
    this.#span = Math.max(1, Math.min(grown, byLogs, widestSpan));
  }
}

/** Asks again what got no answer, or none that can be: one failure among a hundred questions must not undo the others. */
async function insistently<T>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      const isPassing = error instanceof NetworkUnreachable || error instanceof Contradiction;
      if (!isPassing || attempt === attempts) throw error;
      const wanted = error instanceof NetworkUnreachable ? error.retryAfter : 0;
      const wait = Math.max(shortestWait * 2 ** (attempt - 1), wanted);
      await sleep(wait, undefined, { ref: false });
    }
  }
}

function lacks(block: number): Contradiction {
  return new Contradiction(`A node that answered does not have block ${block}.`);
}

function requireChain(headers: readonly Header[]): void {
  headers.forEach((header, index) => {
    const parent = headers[index - 1];
    if (parent !== undefined && header.parentHash !== parent.hash) {
      throw new Contradiction(`Block ${header.number} does not follow the one before it.`);
    }
  });
}

/** Each log once, in the order of the chain; all must be of these blocks. */
function inOrder(logs: readonly RawLog[], headers: ReadonlyMap<number, Header>): RawLog[] {
  const seen = new Map<number, RawLog>();
  let isSorted = true;
  let before = -1;
  for (const log of logs) {
    const block = Number(log.blockNumber);
    const header = headers.get(block);
    if (log.removed === true || header?.hash !== log.blockHash) {
      throw new Contradiction(`A log of block ${block} is not of the chain.`);
    }
    const place = block * 2 ** 20 + Number(log.logIndex);
    const other = seen.get(place);
    if (other !== undefined && !isSame(log, other)) {
      throw new Contradiction(`Block ${block} has two logs in one place.`);
    }
    seen.set(place, log);
    isSorted &&= place > before;
    before = place;
  }
  if (isSorted) return logs as RawLog[];
  return [...seen].sort(([a], [b]) => a - b).map(([, log]) => log);
}

function isSame(a: RawLog, b: RawLog): boolean {
  return (
    a.transactionHash === b.transactionHash &&
    a.address === b.address &&
    a.data === b.data &&
    a.topics.join() === b.topics.join()
  );
}

/** Nodes say in many words that a range has more blocks or logs than they answer with, or that they are asked too often. */
function isTooMuch(error: unknown): boolean {
  if (!(error instanceof RpcError)) return false;
  if (error.code === 429 || /rate|too many requests|throttl/i.test(error.message)) return false;
  return (
    error.code === -32005 ||
    /range|limit|exceed|too (many|large|big|wide)|more than|response size|timed? ?out/i.test(
      error.message,
    )
  );
}
