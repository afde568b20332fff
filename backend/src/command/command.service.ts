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
    if (step === 0) this.queue.requireRoom();
    const { command, isNew } = await this.outbox.place(intent, act, step);
    crashPoint("after-placed");
    if (isNew) {
      commandsAccepted.inc();
      trace(this.#log, "placed", command);
    }
    if (command.state !== "Proposed") return this.#awaited(command, isNew, intent.wait);
    const refusal = isNew ? await this.#refusalNow(command, act) : undefined;
    if (refusal !== undefined) throw await this.#refused(command, refusal);
    return { command, done: false };
  }

  /** Has commands done that a second person has approved, in their order; waits for the one that is asked for. */
  async carryOut(approved: readonly Command[], id: string, wait: number): Promise<Command> {
    const all = approved.map((command) => {
      const submitted = this.#awaited(command, true, wait);
      submitted.catch(() => undefined);
      return { command, submitted };
    });
    const asked = all.find(({ command }) => command.id === id);
    return asked === undefined ? this.outbox.get(id) : (await asked.submitted).command;
  }

  /** The refusal that the caller's act would get now, without putting it on record. */
  simulate(by: Actor, act: Act): Promise<DomainError | undefined> {
    return this.chain.simulate(by.key, act);
  }

  async #awaited(command: Command, isNew: boolean, wait: number): Promise<Submitted> {
    const done = this.queue.hold(() => this.#finish(command, isNew));
    done.catch(() => undefined);
    const finished = await withinPatience(done, wait);
    return finished === undefined
      ? { command: await this.outbox.get(command.id), done: false }
      : { command: finished, done: true };
  }

  /** Where nobody can say, whoever approves it will see. */
  #refusalNow(command: Command, act: Act): Promise<DomainError | undefined> {
    return this.chain.simulate(command.key, act).catch(() => undefined);
  }

  async #finish(command: Command, isNew: boolean): Promise<Command> {
    const sent = isNew ? await this.#run(command) : command;
    const settled = await this.worker.whenSettled(sent);
    if (settled.error !== null) {
      throw new DomainError(settled.error.code, settled.error.values, settled.id);
    }
    await this.projection.reached(settled.block ?? 0);
    crashPoint("after-effect-before-answer");
    trace(this.#log, "projected", settled);
    return settled;
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
    return new DomainError(error.code, error.values, command.id);
  }
}

/** Undefined where the time is up first. */
async function withinPatience<T>(done: Promise<T>, wait: number): Promise<T | undefined> {
  const enough = new AbortController();
  const patience = sleep(wait, undefined, { ref: false, signal: enough.signal });
  patience.catch(() => undefined);
  try {
    return await Promise.race([done, patience]);
  } finally {
    enough.abort();
  }
}
