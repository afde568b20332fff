import { Inject, Injectable, Logger } from "@nestjs/common";
import type { Config } from "../config/config.ts";
import { CONFIG } from "../config/config.module.ts";
import { Chain } from "../chain/chain.ts";
import { ChainClock } from "../chain/clock.ts";
import { LogDecoder } from "../chain/log-decoder.ts";
import type { Header } from "../chain/rpc.ts";
import { crashPoint } from "../crash/crash-points.ts";
import { Database } from "../database/database.ts";
import { BlockWriter } from "./block-writer.ts";
import { begin, belonging, cursorAt, moveTo, type Cursor } from "./cursor.ts";
import { Followers, type ProjectionListener } from "./followers.ts";
import { Projectors } from "./handlers.ts";
import { commonAncestor, forget, remember, undoTo } from "./journal.ts";
import { LogSource, type BlockOfLogs, type Range } from "./log-source.ts";
import { Patience } from "./patience.ts";
import { FollowedCurrencyRow } from "./projection.entity.ts";

/** How far the read model is. */
export interface ProjectionStatus {
  readonly block: number;
  readonly time: number;
  /** The chain's head when last seen. */
  readonly head: number;
  /** Why projecting has stopped for good; what is on record is then stale. */
  readonly halted: string | undefined;
  /** Why the last attempt failed; it is tried again. */
  readonly fault: string | undefined;
}

const blocksPerTransaction = 32;

/** Follows the chain and writes the read model: the only writer that it has. */
@Injectable()
export class ProjectionEngine {
  #decoder: LogDecoder;
  readonly #source: LogSource;
  readonly #writer: BlockWriter;
  readonly #patience = new Patience();
  readonly #log = new Logger("Projection");
  readonly #followers = new Followers();
  #cursor: Cursor | undefined;
  #head: Header | undefined;
  #halted: string | undefined;
  #fault: string | undefined;
  #asked = false;
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly chain: Chain,
    private readonly database: Database,
    private readonly projectors: Projectors,
    private readonly clock: ChainClock,
  ) {
    this.#decoder = new LogDecoder(chain.contracts.deployment);
    this.#source = new LogSource(chain.rpc);
    this.#writer = new BlockWriter(projectors, this.#source);
  }

  get status(): ProjectionStatus {
    return {
      block: this.#cursor?.block ?? 0,
      time: this.#cursor?.time ?? 0,
      head: this.#head?.number ?? 0,
      halted: this.#halted,
      fault: this.#fault,
    };
  }

  /** Reads where it left off and catches up; afterwards follows the chain. */
  async start(): Promise<void> {
    const { deployment } = this.chain.contracts;
    const { cursor } = await belonging(this.database.read, deployment);
    this.#cursor = cursor ?? (await this.#beginning());
    await this.#watch();
    await this.catchUp();
    this.#timer = setInterval(() => {
      this.nudge();
    }, this.config.pollInterval).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopped = true;
    this.#patience.end();
    this.#followers.dismissListeners();
    await this.#running;
  }

  listen(listener: ProjectionListener): () => void {
    return this.#followers.listen(listener);
  }

  /** There may be a new block. */
  nudge(): void {
    this.#asked = true;
    this.#running ??= this.#run();
  }

  /** Looks for new blocks and resolves when those there are have been projected. */
  async catchUp(): Promise<void> {
    this.nudge();
    await this.#running;
  }

  /** Resolves when the read model has this block. */
  reached(block: number): Promise<void> {
    if (block <= this.status.block) return Promise.resolve();
    const reached = this.#followers.waitFor(block);
    this.nudge();
    return reached;
  }

  async #beginning(): Promise<Cursor> {
    const { deployment } = this.chain.contracts;
    const header = await this.chain.rpc.header(Math.max(deployment.block - 1, 0));
    if (header === undefined) throw new Error("The chain does not have the deployment's block.");
    await this.database.write((manager) => begin(manager, deployment, cursorAt(header)));
    return cursorAt(header);
  }

  async #run(): Promise<void> {
    while (this.#asked && this.#halted === undefined && !this.#stopped) {
      this.#asked = false;
      try {
        await this.#follow();
        this.#fault = undefined;
        this.#patience.succeeded();
      } catch (error) {
        this.#fault = String(error);
        this.#log.warn(`Blocks could not be projected; trying again. ${this.#fault}`);
        await this.#patience.failed();
        await this.#watch();
      }
    }
    this.#running = undefined;
  }

  /** The contracts whose logs count, as committed. */
  async #watch(): Promise<void> {
    this.#decoder = new LogDecoder(this.chain.contracts.deployment);
    for (const { token } of await this.database.read.find(FollowedCurrencyRow)) {
      this.#decoder.addCurrency(token);
    }
  }

  async #follow(): Promise<void> {
    const head = await this.chain.rpc.header("latest");
    if (head === undefined) return;
    if (head.hash !== this.#head?.hash) this.clock.headIs(head.time);
    this.#head = head;
    const final = head.number - this.config.journalBlocks;
    if (this.#at().block < final && !(await this.#takeRanges(final))) return;
    for (let cursor = this.#at(); cursor.block < head.number; cursor = this.#at()) {
      if (!(await this.#takeNear(cursor, head))) return;
    }
    if (this.#at().block === head.number && this.#at().hash !== head.hash) await this.#reorganise();
  }

  /** Blocks that no reorganisation may reach: by range, without a journal; one is fetched while another is written. */
  async #takeRanges(final: number): Promise<boolean> {
    let next = this.#rangeFrom(this.#at(), final);
    for (let cursor = this.#at(); cursor.block < final && !this.#stopped; cursor = this.#at()) {
      const range = await next;
      if (range.parentHash !== cursor.hash) {
        await this.#reorganise();
        return false;
      }
      if (range.last.number < final) next = this.#rangeFrom(range.last, final);
      const { reached, followsMore } = await this.#write(cursor, range.blocks, range.last, false);
      this.#reach(reached);
      if (followsMore) next = this.#rangeFrom(reached, final);
    }
    return !this.#stopped;
  }

  #rangeFrom(after: { readonly number: number } | Cursor, final: number): Promise<Range> {
    const from = ("number" in after ? after.number : after.block) + 1;
    const range = this.#source.range(from, final, this.#decoder.addresses);
    // Awaited later, if at all.
    range.catch(() => undefined);
    return range;
  }

  /** Blocks that may still go: each by its hash, chained to the one before, with its journal. */
  async #takeNear(cursor: Cursor, head: Header): Promise<boolean> {
    const to = Math.min(cursor.block + blocksPerTransaction, head.number);
    const headers =
      to === head.number && to === cursor.block + 1
        ? [head]
        : await this.#source.headers(cursor.block + 1, to);
    const [first] = headers;
    if (first === undefined) return false;
    if (first.parentHash !== cursor.hash) {
      await this.#reorganise();
      // The rest in the next round: a node that contradicts itself must not keep us busy.
      return false;
    }
    const breach = headers.findIndex(({ parentHash }, index) => {
      const parent = headers[index - 1];
      return parent !== undefined && parentHash !== parent.hash;
    });
    const chained = headers.slice(0, breach < 0 ? undefined : breach);
    const addresses = this.#decoder.addresses;
    const blocks = await Promise.all(
      chained.map((header) => this.#source.block(header, addresses)),
    );
    const { reached } = await this.#write(cursor, blocks, chained.at(-1) ?? first, true);
    this.#reach(reached);
    return true;
  }

  /** Writes blocks on top of what there is, in one transaction. */
  async #write(
    cursor: Cursor,
    blocks: readonly BlockOfLogs[],
    last: Header,
    undoable: boolean,
  ): Promise<{ readonly reached: Cursor; readonly followsMore: boolean }> {
    const result = await this.database.write(async (manager) => {
      this.#writer.begin(manager, cursor.hash, undoable);
      const { written, followsMore } = await this.#writer.write(blocks, this.#decoder);
      await this.#writer.flush();
      let reached = cursor;
      for (const { header, entries } of written) {
        if (undoable) await remember(manager, header, reached, entries);
        reached = cursorAt(header);
      }
      if (!followsMore) reached = cursorAt(last);
      await moveTo(manager, reached);
      await forget(manager, reached.block - this.config.journalBlocks);
      crashPoint("before-cursor-commit");
      return { reached, followsMore };
    });
    crashPoint("after-cursor-commit");
    this.#writer.committed(result.reached.hash);
    return result;
  }

  async #reorganise(): Promise<void> {
    const ancestor = await commonAncestor(this.database.read, this.chain.rpc);
    if (ancestor === undefined) {
      this.#halted =
        `The chain has been reorganised deeper than ${this.config.journalBlocks} blocks. ` +
        "Delete the database and start again: it is rebuilt from the chain.";
      this.#log.error(this.#halted);
      return;
    }
    await this.database.write(async (manager) => {
      await undoTo(manager, ancestor.block, [...this.projectors.rows, FollowedCurrencyRow]);
      crashPoint("in-undo");
      await moveTo(manager, ancestor);
    });
    this.#log.warn(`The chain was reorganised; the read model is back at block ${ancestor.block}.`);
    this.#cursor = ancestor;
    await this.#watch();
    this.#followers.undone(ancestor);
  }

  #reach(cursor: Cursor): void {
    this.#cursor = cursor;
    this.#followers.projected(cursor);
  }

  #at(): Cursor {
    if (this.#cursor === undefined) throw new Error("The projection has not been started.");
    return this.#cursor;
  }
}
