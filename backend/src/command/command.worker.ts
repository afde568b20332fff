import { Inject, Injectable, Logger } from "@nestjs/common";
import { PartyDirectory } from "../auth/party-directory.ts";
import { Chain } from "../chain/chain.ts";
import { DomainError } from "../chain/domain-error.ts";
import type { Config } from "../config/config.ts";
import { CONFIG } from "../config/config.module.ts";
import { crashPoint } from "../crash/crash-points.ts";
import { Database } from "../database/database.ts";
import type { Hold } from "../database/locks.ts";
import { commandsSettled, noncesReplaced, rebroadcasts } from "../metrics/counters.ts";
import { ProjectionEngine } from "../projection/projection.engine.ts";
import type { Command } from "./command.entity.ts";
import { trace } from "./command-trace.ts";
import { KeyLock } from "./key-lock.ts";
import { actOf, Outbox, settled } from "./outbox.ts";

const sweepInterval = 1000;

/** Brings commands to the chain, one at a time for each signing key, and watches them there. */
@Injectable()
export class CommandWorker {
  readonly #log = new Logger("Commands");
  readonly #floors = new Map<string, number>();
  readonly #waiting = new Map<string, ((command: Command) => void)[]>();
  readonly #inWork = new Set<string>();
  #sweep: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly outbox: Outbox,
    private readonly chain: Chain,
    private readonly lock: KeyLock,
    private readonly projection: ProjectionEngine,
    private readonly parties: PartyDirectory,
    private readonly database: Database,
  ) {}

  /** Takes up what was left unfinished, and goes on watching. */
  start(): void {
    this.projection.listen({
      undoing: (manager, { block }) => this.outbox.unmine(manager, block),
      undone: () => {
        this.#floors.clear();
        void this.sweep();
      },
    });
    const { leadership, bulletin } = this.database;
    leadership.whenLeading("sweeper", () => void this.sweep());
    bulletin.hear("settled", (id) => {
      if (this.#waiting.has(id)) void this.#askAbout([id]);
    });
    this.#timer = setInterval(() => {
      void this.sweep();
      // What another process has settled and did not get to say.
      void this.#askAbout([...this.#waiting.keys()]);
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
      const sent = await this.lock.exclusively(command.key, async (hold) => {
        // Another process may have taken it up meanwhile.
        const onRecord = await this.outbox.get(command.id);
        return onRecord.state === "Queued" ? this.#send(onRecord, hold) : onRecord;
      });
      return sent.state === "Submitted" ? await this.#look(sent) : sent;
    } finally {
      this.#inWork.delete(command.id);
    }
  }

  /** Resolves when the command is mined or has failed. */
  async whenSettled(command: Command): Promise<Command> {
    if (settled.includes(command.state)) return command;
    const later = new Promise<Command>((resolve) => {
      this.#waiting.set(command.id, [...(this.#waiting.get(command.id) ?? []), resolve]);
    });
    await this.#askAbout([command.id]);
    return later;
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
    for (const command of await this.outbox.unfinished()) {
      if (this.#stopped) return;
      if (this.#inWork.has(command.id)) continue;
      if (command.state === "Queued") await this.run(command);
      else await this.#look(command, true);
    }
    await this.outbox.finalise(this.projection.status.head - this.config.finalityBlocks);
  }

  async #send(command: Command, hold: Hold): Promise<Command> {
    const refusal =
      (await this.#keyRefusal(command)) ?? (await this.chain.simulate(command.key, actOf(command)));
    if (refusal !== undefined) return this.#refused(command, refusal);
    for (;;) {
      // Whoever has the key now takes it up.
      if (!hold.isHeld) return this.outbox.get(command.id);
      const signed = await this.outbox.sign(command, await this.#floor(command.key));
      if (signed === undefined) return this.outbox.get(command.id);
      crashPoint("after-signed-commit");
      trace(this.#log, "signed", signed);
      const taken = await this.#broadcast(signed);
      if (taken !== undefined) return taken;
      // Somebody else used the nonce, with the same key: ours can never be mined, so another is safe.
      this.#floors.delete(command.key);
      noncesReplaced.inc();
      command = signed;
    }
  }

  /**
   * What was put on record before a party's key was replaced is not signed with the old one, also where the contracts
   * would let anybody do it: it would be that account's money.
   */
  async #keyRefusal({ party, key }: Command): Promise<DomainError | undefined> {
    const entry = await this.parties.find(party);
    return entry === undefined || entry.key === key
      ? undefined
      : new DomainError("KeyReplaced", { party, key });
  }

  /** Undefined where the nonce is gone. */
  async #broadcast(signed: Command): Promise<Command | undefined> {
    const { raw, transaction } = signed;
    if (raw === null || transaction === null) throw new Error(`Command ${signed.id} has no bytes.`);
    crashPoint("before-broadcast");
    const answer = await this.chain.broadcast({ raw, hash: transaction });
    crashPoint("after-broadcast");
    switch (answer.kind) {
      case "taken":
        return { ...signed, state: "Submitted" };
      case "nonceUsed":
        return undefined;
      case "unknown":
        this.#log.warn(`Command ${signed.id} will be sent again: ${answer.reason}`);
        return signed;
      case "refused": {
        const error = new DomainError("BroadcastRefused", { reason: answer.reason });
        return this.#refused(signed, error, true);
      }
    }
  }

  /** Looks for the receipt; what the network has lost is sent again, the same bytes. */
  async #look(command: Command, again = false): Promise<Command> {
    if (command.transaction === null) return command;
    crashPoint("before-receipt");
    const receipt = await this.chain.rpc.receipt(command.transaction).catch(() => undefined);
    crashPoint("after-receipt");
    if (receipt === undefined) {
      if (again) return this.#resend(command);
      return this.outbox.move(command, "Submitted");
    }
    if (receipt.succeeded) {
      const state = this.config.finalityBlocks === 0 ? "Final" : "Mined";
      const mined = await this.outbox.move(command, state, receipt.block);
      crashPoint("after-settled");
      commandsSettled.inc({ outcome: "mined" });
      trace(this.#log, "mined", mined);
      return this.#settle(mined);
    }
    const act = actOf(command);
    const refusal = await this.chain
      .refusalIn(receipt.block, command.key, act)
      .catch(() => undefined);
    const mined = await this.outbox.move(command, "Submitted", receipt.block);
    return this.#refused(mined, refusal ?? new DomainError("Reverted"));
  }

  async #resend(command: Command): Promise<Command> {
    return this.lock.exclusively(command.key, async (hold) => {
      const onRecord = await this.outbox.get(command.id);
      if (settled.includes(onRecord.state)) return this.#settle(onRecord);
      rebroadcasts.inc();
      const sent = await this.#broadcast(onRecord);
      if (sent === undefined) return this.#send(onRecord, hold);
      return sent.state === "Submitted" ? this.#look(sent) : sent;
    });
  }

  async #refused(command: Command, error: DomainError, giveBack = false): Promise<Command> {
    const failed = await this.outbox.fail(command, error, giveBack);
    crashPoint("after-failed");
    commandsSettled.inc({ outcome: "failed" });
    trace(this.#log, "failed", failed);
    return this.#settle(failed);
  }

  #settle(command: Command): Command {
    if (command.block !== null) this.projection.nudge();
    this.#tell(command);
    void this.database.bulletin.announce("settled", command.id);
    return command;
  }

  #tell(command: Command): void {
    for (const resolve of this.#waiting.get(command.id) ?? []) resolve(command);
    this.#waiting.delete(command.id);
  }

  /** Tells those who wait what another process has made of their commands. */
  async #askAbout(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    for (const command of await this.outbox.settledOf(ids).catch(() => [])) this.#tell(command);
  }

  async #floor(key: string): Promise<number> {
    const known = this.#floors.get(key);
    if (known !== undefined) return known;
    const floor = await this.chain.rpc.nonceOf(key);
    this.#floors.set(key, floor);
    return floor;
  }
}
