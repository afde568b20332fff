import { Injectable } from "@nestjs/common";
import { Chain } from "../chain/chain.ts";
import type { Act } from "../chain/contracts.ts";
import { DomainError } from "../chain/domain-error.ts";
import { delayOf, refusalIfRipe, scheduling } from "../chain/scheduled-call.ts";
import { crashPoint } from "../crash/crash-points.ts";
import { ProjectionEngine } from "../projection/projection.engine.ts";
import type { CommandDto } from "./command.dto.ts";
import type { Command } from "./command.entity.ts";
import { CommandQueue } from "./command-queue.ts";
import { CommandService } from "./command.service.ts";
import { Effect } from "./effect.ts";
import type { Intent } from "./intent.ts";
import { Outbox, settled } from "./outbox.ts";
import { ScheduleReview } from "./schedule-review.ts";

interface Answering<Body> {
  readonly status?: 200 | 201;
  readonly read: (command: Command) => Promise<Body>;
}

/**
 * Acts of administration. Where the office has to wait, the request's step 0 schedules the act and step 1 is the act
 * itself, which is sent when its time has come.
 */
@Injectable()
export class ScheduledActs {
  /** Seconds that accounts had to wait when the chain was asked last, by account, contract and function. */
  readonly #delays = new Map<string, number>();

  constructor(
    private readonly chain: Chain,
    private readonly outbox: Outbox,
    private readonly commands: CommandService,
    private readonly queue: CommandQueue,
    private readonly review: ScheduleReview,
    private readonly projection: ProjectionEngine,
  ) {}

  /**
   * Has an act of administration done: as `CommandService.perform` where the office need not wait; else 202 with the
   * act's command, whose `notBefore` says when it will be sent. The same request again, later, is answered with what
   * has come of it.
   * @throws DomainError the refusal; of an act that has to wait also the one that it would get at its time
   */
  async perform<Body>(
    intent: Intent,
    act: Act,
    answer: Answering<Body>,
  ): Promise<Effect<Body | CommandDto>> {
    const [first, second] = intent.repeatable
      ? await this.outbox.allOf(intent.by.id, intent.idempotencyKey)
      : [];
    if (first !== undefined && second !== undefined) {
      return this.#answered(intent, first, second, false, answer);
    }
    const { key } = intent.by;
    const mustWait = first === undefined && (await this.#delayOf(key, act)) > 0;
    if (!mustWait) return this.commands.perform(intent, act, answer);
    const { schedule, operation } = scheduling(this.chain.contracts, key, act);
    const refusal = await refusalIfRipe(this.chain, key, act, operation);
    if (refusal !== undefined) throw refusal;
    this.queue.requireRoom(intent.by);
    const placed = await this.outbox.placeScheduled(intent, schedule, act, operation);
    crashPoint("after-placed");
    if (placed.isNew) for (const each of [placed.first, placed.second]) this.commands.placed(each);
    return this.#answered(intent, placed.first, placed.second, placed.isNew, answer);
  }

  /**
   * Where no node says it, what was said last, and no time at first: an act that would have had to wait is refused by the
   * chain then, in AccessManager's word, and can be asked for again.
   */
  async #delayOf(account: string, act: Act): Promise<number> {
    const place = `${account} ${act.to} ${act.data.slice(0, 10)}`;
    try {
      const delay = await delayOf(this.chain, account, act);
      this.#delays.set(place, delay);
      return delay;
    } catch {
      return this.#delays.get(place) ?? 0;
    }
  }

  async #answered<Body>(
    intent: Intent,
    first: Command,
    second: Command,
    isNew: boolean,
    answer: Answering<Body>,
  ): Promise<Effect<Body | CommandDto>> {
    if (first.state === "Proposed") return this.commands.accepted(second);
    try {
      await this.commands.follow(first, isNew, intent.wait);
    } catch (error) {
      await this.review.look(second.id);
      throw error;
    }
    const present = await this.review.look(second.id);
    if (!settled.includes(present.state)) return this.commands.accepted(present);
    if (present.error !== null) {
      throw new DomainError(present.error.code, present.error.values, first.id);
    }
    await this.projection.reached(present.block ?? 0);
    return new Effect(answer.status ?? 200, await answer.read(present), first.id);
  }
}
