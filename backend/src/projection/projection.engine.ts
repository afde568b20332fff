import { setTimeout as sleep } from "node:timers/promises";
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
import { noteReorganisation } from "./reorganisations.ts";
import { ReadModelGone, tooDeep, Trail } from "./trail.ts";

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

/** Milliseconds that a start waits for the process that projects. */
const othersCatchUpWithin = 15_000;

/**
 * Follows the chain and writes the read model: the only writer that it has. Of several processes one does; the others
 * follow what it has written, and stand by.
 */
@Injectable()
export class ProjectionEngine {
  #decoder: LogDecoder;
  readonly #source: LogSource;
  readonly #writer: BlockWriter;
  readonly #patience = new Patience();
  readonly #log = new Logger("Projection");
  readonly #followers = new Followers();
  readonly #trail: Trail;
  #isLeading = false;
  #cursor: Cursor | undefined;
  #head: Header | undefined;
  #halted: string | undefined;
  /** Why the read model that another process writes cannot be believed. */
  #beside: string | undefined;
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
    this.#trail = new Trail(database, chain, config.journalBlocks);
  }

  get status(): ProjectionStatus {
    return {
      block: this.#cursor?.block ?? 0,
      time: this.#cursor?.time ?? 0,
      head: this.#head?.number ?? 0,
      halted: this.#halted ?? this.#beside,
      fault: this.#fault,
    };
  }

  /** Reads where it left off and catches up; afterwards follows the chain. */
  async start(): Promise<void> {
    const { deployment } = this.chain.contracts;
    const { cursor } = await belonging(this.database.read, deployment);
    if (cursor === undefined) await this.#begin();
    const { leadership, bulletin } = this.database;
    leadership.whenLeading("projector", () => {
      this.nudge();
    });
    bulletin.hear("projected", () => {
      if (!this.#isLeading) this.#look();
    });
    bulletin.hear("block", () => {
      if (this.#isLeading) this.#look();
    });
    await this.catchUp();
    this.#timer = setInterval(() => {
      this.#look();
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
    if (!this.#isLeading) void this.database.bulletin.announce("block", "");
    this.#look();
  }

  /** Looks for new blocks and resolves when those there are have been projected, by whoever does. */
  async catchUp(): Promise<void> {
    const until = Date.now() + othersCatchUpWithin;
    for (;;) {
      this.nudge();
      await this.#running;
      if (!this.#isBehind || Date.now() > until) return;
      await sleep(20);
    }
  }

  get #isBehind(): boolean {
    if (this.#isLeading || this.#stopped || this.#halted !== undefined) return false;
    return this.#head === undefined || this.#at().block < this.#head.number;
  }

  /** Resolves when the read model has this block. */
  reached(block: number): Promise<void> {
    if (block <= this.status.block) return Promise.resolve();
    const reached = this.#followers.waitFor(block);
    this.nudge();
    return reached;
  }

  #look(): void {
    this.#asked = true;
    this.#running ??= this.#run();
  }

  async #begin(): Promise<void> {
    const { deployment } = this.chain.contracts;
    const header = await this.chain.rpc.header(Math.max(deployment.block - 1, 0));
    if (header === undefined) throw new Error("The chain does not have the deployment's block.");
    await this.database.write((manager) => begin(manager, deployment, cursorAt(header)));
  }

  async #run(): Promise<void> {
    while (this.#asked && this.#halted === undefined && !this.#stopped) {
      this.#asked = false;
      try {
        await this.#round();
        this.#fault = undefined;
        this.#patience.succeeded();
      } catch (error) {
        this.#fault = String(error);
        this.#isLeading = false;
        if (error instanceof ReadModelGone) await this.#giveUp(error.message);
        this.#log.warn(`Blocks could not be projected; trying again. ${this.#fault}`);
        await this.#patience.failed();
      }
    }
    this.#running = undefined;
  }

  async #round(): Promise<void> {
    if (!this.database.leadership.leads("projector")) this.#isLeading = false;
    if (!this.#isLeading) {
      await this.#catchTrail();
      if (!this.database.leadership.leads("projector")) {
        this.#beside = await this.#trail.besideChain(this.#at(), await this.#seeHead());
        return;
      }
      await this.#watch();
      this.#beside = undefined;
      this.#isLeading = true;
    }
    await this.#follow();
    if (await this.#trail.isAt(this.#at())) return;
    this.#isLeading = false;
    this.#asked = true;
  }

  /** For good; somebody else can project what there is then. */
  async #giveUp(reason: string): Promise<void> {
    this.#halted = reason;
    this.#log.error(reason);
    await this.database.leadership.withdraw();
  }

  /** What others have written meanwhile, as if it had been written here. */
  async #catchTrail(): Promise<void> {
    const { cursor, undone } = await this.#trail.look();
    for (const to of undone) {
      this.#standAt(to);
      this.#followers.undone(to);
    }
    const isNew = cursor.hash !== this.#cursor?.hash;
    this.#standAt(cursor);
    if (isNew) this.#followers.projected(cursor);
  }

  async #seeHead(): Promise<Header | undefined> {
    const head = await this.chain.rpc.header("latest");
    if (head !== undefined && head.hash !== this.#head?.hash) this.clock.headIs(head.time);
    this.#head = head ?? this.#head;
    return head;
  }

  /** The contracts whose logs count, as committed. */
  async #watch(): Promise<void> {
    this.#decoder = new LogDecoder(this.chain.contracts.deployment);
    for (const { token } of await this.database.read.find(FollowedCurrencyRow)) {
      this.#decoder.addCurrency(token);
    }
  }

  async #follow(): Promise<void> {
    const head = await this.#seeHead();
    if (head === undefined) return;
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
    let isAgain = false;
    const result = await this.database.write(async (manager) => {
      // What the attempt before has learned of contracts was undone with it.
      if (isAgain) await this.#watch();
      isAgain = true;
      this.#writer.begin(manager, cursor.hash, undoable);
      const { written, followsMore } = await this.#writer.write(blocks, this.#decoder);
      await this.#writer.flush();
      let reached = cursor;
      for (const { header, entries } of written) {
        if (undoable) await remember(manager, header, reached, entries);
        reached = cursorAt(header);
      }
      if (!followsMore) reached = cursorAt(last);
      await this.#move(manager, cursor, reached);
      await forget(manager, reached.block - this.config.journalBlocks);
      crashPoint("before-cursor-commit");
      return { reached, followsMore };
    }, "snapshot");
    crashPoint("after-cursor-commit");
    this.#writer.committed(result.reached.hash);
    return result;
  }

  async #move(manager: Database["read"], from: Cursor, to: Cursor): Promise<void> {
    await moveTo(manager, from, to);
    await this.database.bulletin.announce("projected", "", manager);
  }

  async #reorganise(): Promise<void> {
    const ancestor = await commonAncestor(this.database.read, this.chain.rpc);
    if (ancestor === undefined) {
      this.#halted = tooDeep(this.config.journalBlocks);
      this.#log.error(this.#halted);
      return;
    }
    const cursor = this.#at();
    const id = await this.database.write(async (manager) => {
      await undoTo(manager, ancestor.block, [...this.projectors.rows, FollowedCurrencyRow]);
      crashPoint("in-undo");
      await this.#move(manager, cursor, ancestor);
      await this.#followers.undoing(manager, ancestor);
      return noteReorganisation(manager, ancestor);
    });
    this.#trail.passed(id);
    this.#log.warn(`The chain was reorganised; the read model is back at block ${ancestor.block}.`);
    this.#standAt(ancestor);
    await this.#watch();
    this.#followers.undone(ancestor);
  }

  #reach(cursor: Cursor): void {
    this.#standAt(cursor);
    this.#followers.projected(cursor);
  }

  #standAt(cursor: Cursor): void {
    this.#cursor = cursor;
    this.chain.rpc.readUpTo(cursor.block);
  }

  #at(): Cursor {
    if (this.#cursor === undefined) throw new Error("The projection has not been started.");
    return this.#cursor;
  }
}
