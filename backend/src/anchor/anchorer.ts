import { Inject, Injectable, Logger } from "@nestjs/common";
import { Contracts } from "../chain/contracts.ts";
import { DomainError } from "../chain/domain-error.ts";
import { Signer } from "../chain/signer.ts";
import { CommandService } from "../command/command.service.ts";
import { ownIntent } from "../command/intent.ts";
import type { Config } from "../config/config.ts";
import { CONFIG } from "../config/config.module.ts";
import { crashPoint } from "../crash/crash-points.ts";
import { Database } from "../database/database.ts";
import { anchorFailures } from "../metrics/counters.ts";
import type { AnchorBatchRow } from "./anchor.entity.ts";
import { AnchoringAccount } from "./anchoring-account.ts";
import { BatchRecord } from "./batch-record.ts";
import { BatchTree } from "./batch-tree.ts";

/** Milliseconds between two looks for events. */
const interval = 1000;
/** Milliseconds before a refused tree is tried again: twice as long each time. */
const shortestWait = 1000;
const longestWait = 60_000;
/** Milliseconds: longer than any network needs; a command that is on record is never given up. */
const asLongAsItTakes = 24 * 3600 * 1000;

/**
 * Gathers events into trees and has their roots put on chain, one after the other. A tree is on record before there is a
 * command for it, and the command has a name that follows from the tree: whoever takes over goes on with the same.
 */
@Injectable()
export class Anchorer {
  readonly #log = new Logger("Anchors");
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> | undefined;
  #asked = false;
  #stopped = false;
  /** When it was first seen that there are events which are in no tree. */
  #waitingSince: number | undefined;
  /** The command that is on its way, by its name. */
  #sending: string | undefined;
  /** The one that was done last, and when: its block may not be in the read model any more, or not yet again. */
  #done = { name: "", at: 0 };

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly account: AnchoringAccount,
    private readonly batches: BatchRecord,
    private readonly trees: BatchTree,
    private readonly contracts: Contracts,
    private readonly commands: CommandService,
    private readonly signer: Signer,
  ) {}

  start(): void {
    if (this.account.address === undefined) {
      this.#log.warn("Events stay pending: ANCHORING_KEY or ANCHORING_ACCOUNT is not given.");
      return;
    }
    this.database.leadership.whenLeading("anchorer", () => {
      this.nudge();
    });
    this.#timer = setInterval(() => {
      this.nudge();
    }, interval).unref();
    this.nudge();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#round;
  }

  /** There may be something to anchor. */
  nudge(): void {
    this.#asked = true;
    this.#round ??= this.#rounds()
      .catch((error: unknown) => {
        this.#log.warn(`Events wait to be anchored: ${String(error)}`);
      })
      .finally(() => (this.#round = undefined));
  }

  get #isOff(): boolean {
    return this.#stopped || !this.database.leadership.leads("anchorer");
  }

  async #rounds(): Promise<void> {
    while (this.#asked && !this.#isOff && this.#sending === undefined) {
      this.#asked = false;
      const pending = await this.batches.firstPending();
      if (pending === undefined) this.#asked = (await this.#gather()) || this.#asked;
      else await this.#anchor(pending);
    }
  }

  /** Whether there is a new tree. */
  async #gather(): Promise<boolean> {
    const { anchorEvents, anchorSeconds } = this.config;
    const event = await this.batches.nextEvent();
    const pending = (await this.batches.lastEvent()) - event + 1;
    if (pending <= 0) {
      this.#waitingSince = undefined;
      return false;
    }
    this.#waitingSince ??= Date.now();
    const isDue = Date.now() - this.#waitingSince >= anchorSeconds * 1000;
    if (pending < anchorEvents && !isDue) return false;
    const tree = await this.trees.of(event, Math.min(pending, anchorEvents));
    if (this.#isOff) return false;
    await this.batches.add(event, tree);
    crashPoint("after-tree");
    this.#waitingSince = undefined;
    return true;
  }

  async #anchor(batch: AnchorBatchRow): Promise<void> {
    if (Date.now() < batch.notBefore) return;
    const by = this.account.address ?? "";
    if (!(await this.signer.signsFor(by))) {
      await this.#failed(batch, new DomainError("NoSigningKey", { account: by }));
      return;
    }
    const { number, root, count, failures } = batch;
    const name = `anchor:${number}:${failures}`;
    if (this.#done.name === name && Date.now() - this.#done.at < interval) return;
    const first = await this.batches.nextOnChain();
    const act = this.contracts.act("Provenance", "anchor", [root, first, count]);
    const intent = ownIntent({ id: by, key: by, roles: ["operator"] }, name, true);
    this.#sending = name;
    // Nobody waits for it here: a process that stops leaves it to the next one.
    void this.commands
      .submit({ ...intent, wait: asLongAsItTakes }, act)
      .then(({ command }) => {
        this.#done = { name, at: Date.now() };
        this.#log.log(`${count} events are anchored in block ${String(command.block)}.`);
      })
      .catch((error: unknown) => this.#failed(batch, error))
      .catch((error: unknown) => {
        this.#log.warn(`Events wait to be anchored: ${String(error)}`);
      })
      .finally(() => {
        this.#sending = undefined;
        this.nudge();
      });
  }

  async #failed(batch: AnchorBatchRow, error: unknown): Promise<void> {
    // What is no refusal has left the command as it was, if there is one.
    if (!(error instanceof DomainError) || error.code === "Overloaded") throw error;
    const wait = Math.min(shortestWait * 2 ** Math.min(batch.failures, 10), longestWait);
    this.#log.warn(`The tree ${batch.number} was not anchored: ${error.code}. It is tried again.`);
    anchorFailures.inc();
    await this.batches.failed(batch, error.code, Date.now() + wait);
  }
}
