import { Injectable } from "@nestjs/common";
import { isOperator, type Actor } from "../auth/actor.ts";
import { PartyDirectory } from "../auth/party-directory.ts";
import { Contracts } from "../chain/contracts.ts";
import { DomainError } from "../chain/domain-error.ts";
import type { Effect } from "../command/effect.ts";
import { weighed, type Intent } from "../command/intent.ts";
import { ScheduledActs } from "../command/scheduled-acts.ts";
import { Database } from "../database/database.ts";
import { formatQuantity, parseQuantity } from "../http/decimal.ts";
import type { CapacityDto } from "./capacity.dto.ts";
import { CapacityRow } from "./capacity.entity.ts";

@Injectable()
export class CapacityService {
  constructor(
    private readonly database: Database,
    private readonly contracts: Contracts,
    private readonly administration: ScheduledActs,
    private readonly parties: PartyDirectory,
  ) {}

  /** For the warehouse itself and the operator. */
  async get(by: Actor, warehouse: string): Promise<CapacityDto> {
    if (by.id !== warehouse && !isOperator(by)) throw new DomainError("NotFound");
    await this.#requireWarehouse(warehouse);
    return this.#read(warehouse);
  }

  async set(intent: Intent, warehouse: string, capacity: string): Promise<Effect> {
    await this.#requireWarehouse(warehouse);
    const quantity = parseQuantity(capacity, "/capacity");
    const act = this.contracts.act("WarehouseReceipts", "setCapacity", [warehouse, quantity]);
    return this.administration.perform(weighed(intent, "admission"), act, {
      read: () => this.#read(warehouse),
    });
  }

  async #requireWarehouse(id: string): Promise<void> {
    const party = await this.parties.find(id);
    if (party?.roles.includes("warehouse") !== true) throw new DomainError("NotFound");
  }

  async #read(warehouse: string): Promise<CapacityDto> {
    const row = await this.database.rows.one(CapacityRow, { warehouse });
    const [capacity, used] = [row?.capacity ?? 0n, row?.used ?? 0n].map(formatQuantity);
    return { warehouse, capacity, used } as CapacityDto;
  }
}
