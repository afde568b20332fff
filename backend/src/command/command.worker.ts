import { setTimeout as sleep } from "node:timers/promises";
import { Inject, Injectable, Logger } from "@nestjs/common";
import type { Actor } from "../auth/actor.ts";
import { Chain } from "../chain/chain.ts";
import { DomainError } from "../chain/domain-error.ts";
import { NetworkUnreachable, type Receipt } from "../chain/rpc.ts";
import { SignerUnavailable } from "../chain/signer.ts";
import type { Config } from "../config/config.ts";
import { CONFIG } from "../config/config.module.ts";
import { crashPoint } from "../crash/crash-points.ts";
import { Database } from "../database/database.ts";
import { commandsSettled, rebroadcasts } from "../metrics/counters.ts";
import { ProjectionEngine } from "../projection/projection.engine.ts";
import type { Command } from "./command.entity.ts";
import { trace } from "./command-trace.ts";
import { KeyLock } from "./key-lock.ts";
import { actOf, Outbox, settled } from "./outbox.ts";
import { ScheduleReview } from "./schedule-review.ts";
import { Sender } from "./sender.ts";
import { Settlements } from "./settlements.ts";
import { Signatures } from "./signatures.ts";
import { Unsettled } from "./unsettled.ts";
import { WalletAnswers } from "./wallet-answers.ts";
import { WalletDesk } from "./wallet-desk.ts";

type Version = Pick<Command, "raw" | "transaction">;

const sweepInterval = 1000;
const keysPerSweep = 200;
const commandsPerKey = 50;
/** Keys that are swept side by side: each may hold a lock, and a signer may take its time. */
const lanes = 4;
/** Milliseconds that whoever waits for a refusal waits for the read model to see its block. */
const seenWithin = 2000;

/** Brings commands to the chain, one at a time for each signing key, and watches them there. */
@Injectable()
export class CommandWorker {
  readonly #log = new Logger("Commands");
  readonly #inWork = new Set<string>();
  #sweep: Promise<void> | undefined;
  #lastKey = "";
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly outbox: Outbox,
    private readonly unsettled: Unsettled,
    private readonly settlements: Settlements,
    private readonly chain: Chain,
    private readonly lock: KeyLock,
    private readonly projection: ProjectionEngine,
    private readonly sender: Sender,
    private readonly signatures: Signatures,
    private readonly desk: WalletDesk,
    private readonly wallets: WalletAnswers,
    private readonly schedule: ScheduleReview,
    private readonly database: Database,
  ) {}

  /** Takes up what was left unfinished, and goes on watching. */
  start(): void {
    this.projection.listen({
      undoing: (manager, { block }) => this.outbox.unmine(manager, block),
      undone: () => {
        this.sender.forget();
        void this.sweep();
      },
    });
    this.settlements.listen();
    this.database.leadership.whenLeading("sweeper", () => void this.sweep());
    this.#timer = setInterval(() => {
      void this.sweep();
      void this.settlements.askAboutAll();
    }, sweepInterval).unref();
    void this.sweep();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#sweep;
  }

  /**
   * Simulates, signs and sends a queued command; resolves when it is mined, or was sent and is not mined yet.
   * A refusal is on record as a `Failed` command when this resolves.
   */
  async run(command: Command): Promise<Command> {
    this.#inWork.add(command.id);
    try {
      const sent = await this.lock.exclusively(command.key, async () => {
        // Another process may have taken it up meanwhile.
        const present = await this.outbox.get(command.id);
        return present.state === "Queued" ? this.sender.send(present) : present;
      });
      if (sent.state === "Failed") return this.#settle(sent);
      return sent.state === "Submitted" ? await this.#look(sent) : sent;
    } finally {
      this.#inWork.delete(command.id);
    }
  }

  /** Resolves when the command is mined or has failed. */
  whenSettled(command: Command): Promise<Command> {
    return this.settlements.when(command);
  }

  /** Looks after everything that is not settled, if this process is the one that does. */
  sweep(): Promise<void> {
    if (!this.database.leadership.leads("sweeper")) return Promise.resolve();
    this.#sweep ??= this.#sweepOnce()
      .catch((error: unknown) => {
        this.#log.warn(`Commands are waiting: ${String(error)}`);
      })
      .finally(() => (this.#sweep = undefined));
    return this.#sweep;
  }

  async #sweepOnce(): Promise<void> {
    for (const { id, key } of await this.unsettled.allPrepared()) {
      if (this.#stopped) return;
      const reviewed = await this.lock.exclusively(key, () => this.desk.review(id));
      if (reviewed.state === "Failed") this.#settle(reviewed);
    }
    for (const { id } of await this.unsettled.allScheduled()) {
      if (this.#stopped) return;
      const reviewed = await this.schedule.look(id);
      if (reviewed.state === "Failed") this.#settle(reviewed);
    }
    const keys = await this.unsettled.keys(this.#lastKey, keysPerSweep);
    this.#lastKey = keys.length < keysPerSweep ? "" : (keys.at(-1) ?? "");
    const left = [...keys];
    const lane = async (): Promise<void> => {
      for (let key = left.shift(); key !== undefined; key = left.shift()) await this.#sweepKey(key);
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    await this.#finalise();
  }

  /** The oldest commands of a key: however many there are, other keys have theirs. */
  async #sweepKey(key: string): Promise<void> {
    for (const command of await this.unsettled.of(key, commandsPerKey)) {
      if (this.#stopped) return;
      if (this.#inWork.has(command.id)) continue;
      try {
        if (command.state === "Queued") await this.run(command);
        else await this.#look(command, true);
      } catch (error) {
        this.#log.warn(`Command ${command.id} is waiting: ${String(error)}`);
        // Whoever does not answer for this one does not for the next one of its key.
        if (error instanceof SignerUnavailable || error instanceof NetworkUnreachable) return;
      }
    }
  }

  /**
   * Takes what a wallet has signed, sends it, and looks for it once.
   * @throws DomainError as `WalletAnswers.take`
   */
  async take(by: Actor, id: string, raw: string): Promise<Command> {
    const taken = await this.wallets.take(by, id, raw);
    return taken.state === "Submitted" ? this.#look(taken) : taken;
  }

  /** Looks for the receipt; what the network has lost is sent again, the same bytes. */
  async #look(command: Command, again = false): Promise<Command> {
    if (command.transaction === null) return command;
    crashPoint("before-receipt");
    const found = await this.#receipt(command, again).catch(() => undefined);
    crashPoint("after-receipt");
    if (found === undefined) {
      return again ? this.#resend(command) : this.outbox.move(command, "Submitted");
    }
    const { receipt, version } = found;
    if (receipt.succeeded) {
      const state = this.config.finalityBlocks === 0 ? "Final" : "Mined";
      const mined = await this.outbox.move(command, state, receipt.block, version);
      crashPoint("after-settled");
      commandsSettled.inc({ outcome: "mined" });
      trace(this.#log, "mined", mined);
      return this.#settle(mined);
    }
    const refusal = await this.chain
      .refusalIn(receipt.block, command.key, actOf(command))
      .catch(() => undefined);
    const mined = await this.outbox.move(command, "Submitted", receipt.block, version);
    if (!again) await this.#seen(receipt.block);
    const failed = await this.outbox.failIn(receipt, mined, refusal ?? new DomainError("Reverted"));
    crashPoint("after-failed");
    return failed.state === "Failed" ? this.#settle(failed) : failed;
  }

  async #seen(block: number): Promise<void> {
    const enough = sleep(seenWithin, undefined, { ref: false });
    await Promise.race([this.projection.reached(block), enough]);
  }

  /** Of any version that was signed: which one is mined, the network decides. */
  async #receipt(
    command: Command,
    ofAny: boolean,
  ): Promise<{ readonly receipt: Receipt; readonly version: Version } | undefined> {
    const { raw, transaction } = command;
    const versions = ofAny
      ? (await this.signatures.versions(command)).map(({ raw, hash }) => ({
          raw,
          transaction: hash,
        }))
      : [{ raw, transaction }];
    for (const version of versions) {
      const receipt = await this.chain.rpc.receipt(version.transaction ?? "");
      if (receipt !== undefined) return { receipt, version };
    }
    return undefined;
  }

  async #resend(command: Command): Promise<Command> {
    return this.lock.exclusively(command.key, async () => {
      const present = await this.outbox.get(command.id);
      if (settled.includes(present.state)) return this.#settle(present);
      if (present.state === "Queued") return present;
      rebroadcasts.inc();
      const sent = await this.sender.resend(present);
      if (sent.state === "Failed") return this.#settle(sent);
      return sent.state === "Submitted" ? this.#look(sent) : sent;
    });
  }

  /** What is in blocks that stay, as the chain says once more: a block may have gone before anybody here had seen it. */
  async #finalise(): Promise<void> {
    const last = this.projection.status.head - this.config.finalityBlocks;
    for (const command of await this.unsettled.minedUpTo(last)) {
      const found = await this.#receipt(command, true);
      if (found === undefined) await this.outbox.move(command, "Submitted");
      else if (found.receipt.block <= last) {
        await this.outbox.move(command, "Final", found.receipt.block, found.version);
      } else await this.outbox.move(command, "Mined", found.receipt.block, found.version);
    }
  }

  #settle(command: Command): Command {
    if (command.block !== null) this.projection.nudge();
    return this.settlements.tell(command);
  }
}
