import { Inject, Injectable } from "@nestjs/common";
import { ChainClock } from "../chain/clock.ts";
import { DomainError } from "../chain/domain-error.ts";
import { scheduleExpires } from "../chain/scheduled-call.ts";
import type { Config } from "../config/config.ts";
import { CONFIG } from "../config/config.module.ts";
import { ProjectionEngine } from "../projection/projection.engine.ts";
import type { Command } from "./command.entity.ts";
import { Outbox } from "./outbox.ts";
import { Schedules } from "./schedules.ts";

/** Looks after commands that wait out a delay, until they may be sent or never will be. */
@Injectable()
export class ScheduleReview {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly outbox: Outbox,
    private readonly schedules: Schedules,
    private readonly projection: ProjectionEngine,
    private readonly clock: ChainClock,
  ) {}

  /**
   * As it is then: `Queued` from its time on, if the block that scheduled it stays; `Failed` where it was not scheduled,
   * was cancelled, or has expired.
   */
  async look(id: string): Promise<Command> {
    const command = await this.outbox.get(id);
    const { state, operation } = command;
    if (state !== "Scheduled" || operation === null) return command;
    const scheduling = await this.outbox.before(command);
    const { error, block, transaction } = scheduling;
    if (scheduling.state === "Failed") {
      // A refusal in a block goes with the block.
      if (error === null || (block !== null && !this.#stays(block))) return command;
      return this.outbox.fail(command, new DomainError(error.code, error.values));
    }
    const schedule =
      transaction === null ? undefined : await this.schedules.find(operation, transaction);
    if (schedule === undefined) return this.#known(command, null);
    if (schedule.state !== "Scheduled") {
      if (!this.#stays(schedule.endedBlock ?? Infinity)) return command;
      return this.#ended(command, "AccessManagerNotScheduled");
    }
    const now = this.clock.now();
    if (now >= schedule.from + scheduleExpires) return this.#ended(command, "AccessManagerExpired");
    if (now < schedule.from || scheduling.state !== "Final") {
      return this.#known(command, schedule.from);
    }
    return this.outbox.timed(command, "Queued", schedule.from);
  }

  async #known(command: Command, notBefore: number | null): Promise<Command> {
    if (command.notBefore === notBefore) return command;
    return this.outbox.timed(command, "Scheduled", notBefore);
  }

  #ended(command: Command, code: string): Promise<Command> {
    return this.outbox.fail(command, new DomainError(code, { operationId: command.operation }));
  }

  #stays(block: number): boolean {
    return block <= this.projection.status.head - this.config.finalityBlocks;
  }
}
