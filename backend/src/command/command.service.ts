import { setTimeout as sleep } from "node:timers/promises";
import { Injectable, Logger } from "@nestjs/common";
import type { Actor } from "../auth/actor.ts";
import { Chain } from "../chain/chain.ts";
import type { Act } from "../chain/contracts.ts";
import { DomainError } from "../chain/domain-error.ts";
import { crashPoint } from "../crash/crash-points.ts";
import { commandsAccepted } from "../metrics/counters.ts";
import { ProjectionEngine } from "../projection/projection.engine.ts";
import { commandDto, type CommandDto } from "./command.dto.ts";
import type { Command } from "./command.entity.ts";
import { CommandQueue } from "./command-queue.ts";
import { trace } from "./command-trace.ts";
import { CommandWorker } from "./command.worker.ts";
import { Effect } from "./effect.ts";
import type { Intent } from "./intent.ts";
import { Outbox } from "./outbox.ts";
import { WalletDesk } from "./wallet-desk.ts";

/** How far a command came while its caller waited. */
export interface Submitted {
  readonly command: Command;
  /** Mined, and in the read model: the caller reads its own write. */
  readonly done: boolean;
}

/** The way to the chain for everything that changes state. */
@Injectable()
export class CommandService {
  readonly #log = new Logger("Commands");

  constructor(
    private readonly outbox: Outbox,
    private readonly worker: CommandWorker,
    private readonly projection: ProjectionEngine,
    private readonly chain: Chain,
    private readonly queue: CommandQueue,
    private readonly desk: WalletDesk,
  ) {}

  /**
   * Has one act done and answers with what it made: 200 or `status` with what `read` gives, or 202 with the command
   * if the caller's patience ends before.
   * @param read from the read model, which has the act by then
   * @throws DomainError the refusal, by the name of the rule
   */
  async perform<Body>(
    intent: Intent,
    act: Act,
    answer: {
      readonly status?: 200 | 201;
      readonly read: (command: Command) => Promise<Body>;
    },
  ): Promise<Effect<Body | CommandDto>> {
    const { command, done } = await this.submit(intent, act);
    return done
      ? new Effect(answer.status ?? 200, await answer.read(command), command.id)
      : this.accepted(command);
  }

  /** 202: the act is on record and will be done. */
  accepted(command: Command): Effect<CommandDto> {
    const dto = commandDto(command, this.chain.contracts.deployment.utcOffset);
    return new Effect(202, dto, command.id);
  }

  /**
   * Puts an act on record, has it done, and waits as long as the intent says. The same intent and step again waits
   * for the same act.
   * @param step which of the intent's acts this is, from 0; an intent of several acts counts them
   * @throws DomainError the refusal, or `Overloaded` where nothing was put on record
   */
  async submit(intent: Intent, act: Act, step = 0): Promise<Submitted> {
    // What has been begun is brought to its end.
    if (step === 0) this.queue.requireRoom(intent.by);
    const { command, isNew } = await this.outbox.place(intent, act, step);
    crashPoint("after-placed");
    if (isNew) this.placed(command);
    if (command.state !== "Proposed") return this.follow(command, isNew, intent.wait);
    const refusal = isNew ? await this.#refusalNow(command, act) : undefined;
    if (refusal !== undefined) throw await this.#refused(command, refusal);
    return { command, done: false };
  }

  /** Of what has just been put on record. */
  placed(command: Command): void {
    commandsAccepted.inc();
    trace(this.#log, "placed", command);
  }

  /** Has commands done that a second person has approved, in their order; waits for the one that is asked for. */
  async carryOut(approved: readonly Command[], id: string, wait: number): Promise<Command> {
    const due = approved.filter(({ state }) => state === "Queued");
    const all = due.map((command) => {
      const submitted = this.follow(command, true, wait);
      submitted.catch(() => undefined);
      return { command, submitted };
    });
    const asked = all.find(({ command }) => command.id === id);
    return asked === undefined ? this.outbox.get(id) : (await asked.submitted).command;
  }

  /**
   * Waits for what an earlier request with the same key has put on record, as long as the intent says: its effect
   * would refuse the same act again.
   * @returns the first act of that request, done where all of them are; undefined where there is none
   */
  async resume(intent: Intent): Promise<Submitted | undefined> {
    if (!intent.repeatable) return undefined;
    const commands = await this.outbox.allOf(intent.by.id, intent.idempotencyKey);
    const [command] = commands;
    if (command === undefined) return undefined;
    if (commands.some(({ state }) => state === "Proposed")) return { command, done: false };
    const all = Promise.allSettled(commands.map((known) => this.#finish(known)));
    return {
      command,
      done: (await withinPatience(all, intent.wait, Promise.resolve(false))) !== undefined,
    };
  }

  /** The refusal that the caller's act would get now, without putting it on record. */
  simulate(by: Actor, act: Act): Promise<DomainError | undefined> {
    return this.chain.simulate(by.key, act);
  }

  /**
   * Has a command done that is on record, and waits for it.
   * @param isNew whether nobody has taken it up
   * @throws DomainError the refusal
   */
  async follow(command: Command, isNew: boolean, wait: number): Promise<Submitted> {
    const sent = isNew ? this.#run(command) : Promise.resolve(command);
    const done = sent.then((known) => this.#finish(known));
    done.catch(() => undefined);
    const isForPerson = sent.then((known) => this.desk.waitsForPerson(known));
    isForPerson.catch(() => undefined);
    this.queue
      .hold(command.party, async () => {
        if (!(await isForPerson)) return done;
        this.queue.holdUnsigned(command.key, done).catch(() => undefined);
        return command;
      })
      .catch(() => undefined);
    const finished = await withinPatience(done, wait, isForPerson);
    return finished === undefined
      ? { command: await this.outbox.get(command.id), done: false }
      : { command: finished, done: true };
  }

  /** Where nobody can say, whoever approves it will see. */
  #refusalNow(command: Command, act: Act): Promise<DomainError | undefined> {
    return this.chain.simulate(command.key, act).catch(() => undefined);
  }

  async #finish(sent: Command): Promise<Command> {
    const settled = await this.worker.whenSettled(sent);
    if (settled.error !== null) {
      throw new DomainError(settled.error.code, settled.error.values, settled.id);
    }
    await this.projection.reached(settled.block ?? 0);
    crashPoint("after-effect-before-answer");
    trace(this.#log, "projected", settled);
    return settled;
  }

  /**
   * Sends what a wallet has signed, and waits as long as the intent says for what comes of it.
   * @throws DomainError as `WalletAnswers.take`
   */
  async take(intent: Intent, id: string, raw: string): Promise<Command> {
    const taken = await this.worker.take(intent.by, id, raw);
    const seen = this.worker
      .whenSettled(taken)
      .then(({ block }) => this.projection.reached(block ?? 0));
    seen.catch(() => undefined);
    await withinPatience(seen, intent.wait, Promise.resolve(false));
    return this.outbox.get(id);
  }

  /** A command that is on record will be done, whatever keeps it now: the sweep takes it up. */
  async #run(command: Command): Promise<Command> {
    try {
      return await this.worker.run(command);
    } catch (error) {
      if (error instanceof DomainError) throw await this.#refused(command, error);
      this.#log.warn(`Command ${command.id} waits: ${String(error)}`);
      return this.outbox.get(command.id);
    }
  }

  async #refused(command: Command, error: DomainError): Promise<DomainError> {
    await this.outbox.fail(command, error);
    crashPoint("after-failed");
    return new DomainError(error.code, error.values, command.id);
  }
}

/**
 * Undefined where the time is up first.
 * @param never whether there is nothing to wait for: nobody signs what he has not been told of
 */
async function withinPatience<T>(
  done: Promise<T>,
  wait: number,
  never: Promise<boolean>,
): Promise<T | undefined> {
  const enough = new AbortController();
  const patience = sleep(wait, undefined, { ref: false, signal: enough.signal });
  patience.catch(() => undefined);
  const nothing = never.then((isSo) => (isSo ? undefined : Promise.race([done, patience])));
  try {
    return await Promise.race([done, patience, nothing]);
  } finally {
    enough.abort();
  }
}
