import { Injectable } from "@nestjs/common";
import { Chain } from "../chain/chain.ts";
import { ChainClock } from "../chain/clock.ts";
import { DomainError } from "../chain/domain-error.ts";
import { RpcError } from "../chain/rpc.ts";
import { BadInput } from "../http/bad-input.ts";
import { formatTime, parseTime } from "../http/time.ts";
import { dateOf, dayOf } from "../math/calendar.ts";
import type { CalendarDto } from "./sandbox.dto.ts";

/** The contracts count days in 16 bits: what is agreed today for a year after a year still fits. */
const lastDay = 2 ** 16 - 1 - 2 * 366;

/** The sandbox's calendar is its chain's clock: a season takes months, and nobody waits for them. */
@Injectable()
export class CalendarService {
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly chain: Chain,
    private readonly clock: ChainClock,
  ) {}

  get(): CalendarDto {
    return { now: this.#written(this.clock.now()) };
  }

  /**
   * Moves the calendar forward: the next block has exactly this time, and until then it stands there.
   * @throws BadInput, DomainError `CalendarGoesForward`
   */
  async move(to: string): Promise<CalendarDto> {
    const time = parseTime(to);
    if (time === undefined) throw BadInput.at("/to", "must be a time with its offset");
    const { utcOffset } = this.chain.contracts.deployment;
    if (dayOf(time, utcOffset) > lastDay) {
      throw BadInput.at("/to", `must not be after ${dateOf(lastDay)}`);
    }
    // One after another: two at once would each see the other's time come or go.
    const moved = this.#turn.then(() => this.#move(to, time));
    this.#turn = moved.catch(() => undefined);
    return moved;
  }

  async #move(to: string, time: number): Promise<CalendarDto> {
    const head = await this.chain.rpc.header("latest");
    // Time since the head has not happened to anybody yet; a time that was set has been shown.
    const earliest = this.clock.isSet ? this.clock.now() : (head?.time ?? 0);
    if (time < earliest) throw this.#past(to, earliest);
    try {
      await this.chain.rpc.send("evm_setNextBlockTimestamp", [time]);
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      // A block came in between.
      throw this.#past(to, (await this.chain.rpc.header("latest"))?.time ?? earliest);
    }
    this.clock.nextBlockIsAt(time);
    return this.get();
  }

  #past(to: string, now: number): DomainError {
    return new DomainError("CalendarGoesForward", { to, now: this.#written(now) });
  }

  #written(time: number): string {
    return formatTime(time, this.chain.contracts.deployment.utcOffset);
  }
}
