import { Injectable } from "@nestjs/common";
import { Contracts } from "../chain/contracts.ts";
import type { Effect } from "../command/effect.ts";
import { weighed, type Intent } from "../command/intent.ts";
import { ScheduledActs } from "../command/scheduled-acts.ts";
import { Database } from "../database/database.ts";
import { BadInput } from "../http/bad-input.ts";
import type { OriginationDto } from "./party.dto.ts";
import { OriginationRow } from "./party.entity.ts";

/** Whether anything new is originated at all. */
@Injectable()
export class OriginationService {
  constructor(
    private readonly database: Database,
    private readonly contracts: Contracts,
    private readonly administration: ScheduledActs,
  ) {}

  async get(): Promise<OriginationDto> {
    const row = await this.database.rows.one(OriginationRow, { id: 1 });
    return { paused: row?.paused ?? false, retired: row?.retired ?? false };
  }

  setPaused(intent: Intent, paused: boolean): Promise<Effect> {
    const act = this.contracts.act("Parties", "setPaused", [paused]);
    // To pause must not wait for a second person.
    const weight = paused ? intent : weighed(intent, "admission");
    return this.administration.perform(weight, act, { read: () => this.get() });
  }

  /**
   * For good.
   * @param deployment the address of its `Parties`, so that it is this one that is meant
   */
  retire(intent: Intent, deployment: string): Promise<Effect> {
    if (deployment !== this.contracts.deployment.contracts.Parties) {
      throw BadInput.at("/deployment", "is not this deployment's `Parties`");
    }
    const act = this.contracts.act("Parties", "retire", []);
    return this.administration.perform(weighed(intent, "admission"), act, {
      read: () => this.get(),
    });
  }
}
