import { Injectable } from "@nestjs/common";
import { Chain } from "../chain/chain.ts";
import { ChainClock } from "../chain/clock.ts";
import { DomainError } from "../chain/domain-error.ts";
import { BadInput } from "../http/bad-input.ts";
import { formatTime, parseTime } from "../http/time.ts";
import type { CalendarDto } from "./sandbox.dto.ts";

/** The sandbox's calendar is its chain's clock: a season takes months, and nobody waits for them. */
@Injectable()
export class CalendarService {
  constructor(
    private readonly chain: Chain,
    private readonly clock: ChainClock,
  ) {}

  get(): CalendarDto {
    return { now: this.#written(this.clock.now()) };
  }

  /**
   * Moves the calendar forward: the next block has exactly this time, and until then it stands there.
   * @throws DomainError `CalendarGoesForward`
   */
  async move(to: string): Promise<CalendarDto> {
    const time = parseTime(to);
    if (time === undefined) throw BadInput.at("/to", "must be a time with its offset");
    const head = await this.chain.rpc.header("latest");
    // Time since the head has not happened to anybody yet; a time that was set has been shown.
    const earliest = this.clock.isSet ? this.clock.now() : (head?.time ?? 0);
    if (time < earliest) {
      throw new DomainError("CalendarGoesForward", { to, now: this.#written(earliest) });
    }
    await this.chain.rpc.send("evm_setNextBlockTimestamp", [time]);
    this.clock.nextBlockIsAt(time);
    return this.get();
  }

  #written(time: number): string {
    return formatTime(time, this.chain.contracts.deployment.utcOffset);
  }
}
