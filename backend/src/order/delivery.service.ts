import { Injectable } from "@nestjs/common";
import type { Actor } from "../auth/actor.ts";
import { receivableIdOf } from "../chain/claim-ids.ts";
import { Contracts, type MethodArgs } from "../chain/contracts.ts";
import { CommandService } from "../command/command.service.ts";
import type { Effect } from "../command/effect.ts";
import { weighed, type Intent } from "../command/intent.ts";
import { Database } from "../database/database.ts";
import { BadInput } from "../http/bad-input.ts";
import { formatQuantity, parseQuantity } from "../http/decimal.ts";
import { formatTime, parseTime } from "../http/time.ts";
import { valueHalfUp } from "../math/amounts.ts";
import { CurrencyService } from "../money/currency.service.ts";
import type { DeliveryDto, DespatchDto } from "./delivery.dto.ts";
import { DeliveryRow } from "./delivery.entity.ts";
import { OrderReaders } from "./order-readers.ts";

type DeliveryMethod = "despatch" | "recall" | "accept" | "deemAccepted";

@Injectable()
export class DeliveryService {
  constructor(
    private readonly database: Database,
    private readonly contracts: Contracts,
    private readonly commands: CommandService,
    private readonly readers: OrderReaders,
    private readonly currencies: CurrencyService,
  ) {}

  /** @throws DomainError `NotFound` */
  async list(by: Actor, order: string): Promise<DeliveryDto[]> {
    await this.readers.get(by, order);
    return this.listByOrder(order);
  }

  /** For callers that have made sure that the order may be read. */
  async listByOrder(order: string): Promise<DeliveryDto[]> {
    const rows = await this.database.rows.all(DeliveryRow, { order }, ["number"]);
    return rows.map((row) => this.#dto(row));
  }

  /** For callers that have made sure that the order may be read. */
  async get(order: string, number: number): Promise<DeliveryDto> {
    return this.#dto(await this.database.rows.existing(DeliveryRow, { order, number }));
  }

  async despatch(intent: Intent, order: string, input: DespatchDto): Promise<Effect> {
    await this.readers.get(intent.by, order);
    const arrivesBy = parseTime(input.arrivesBy);
    if (arrivesBy === undefined) throw BadInput.at("/arrivesBy", "is no time");
    const quantity = parseQuantity(input.quantity, "/quantity");
    const args: MethodArgs<"Deliveries", "despatch"> = [
      order,
      input.number,
      input.receipt ?? 0n,
      quantity,
      arrivesBy,
    ];
    return this.#act(intent, "despatch", args, order, input.number, 201);
  }

  async recall(intent: Intent, order: string, number: number): Promise<Effect> {
    await this.readers.get(intent.by, order);
    const receipt = await this.#receiptOf(order, number);
    return this.#act(intent, "recall", [order, number, receipt], order, number);
  }

  async accept(intent: Intent, order: string, number: number, quantity: string): Promise<Effect> {
    const { currency, unitPrice } = await this.readers.get(intent.by, order);
    const taken = parseQuantity(quantity, "/quantity");
    const receipt = await this.#receiptOf(order, number);
    const value = valueHalfUp(taken, unitPrice);
    const acceptance = weighed(intent, "acceptance", [
      await this.currencies.byToken(currency),
      value,
    ]);
    return this.#act(acceptance, "accept", [order, number, receipt, taken], order, number);
  }

  /** Anyone may record the buyer's silence. */
  async deemAccepted(intent: Intent, order: string, number: number): Promise<Effect> {
    await this.readers.ofAnyone(order);
    const receipt = await this.#receiptOf(order, number);
    return this.#act(intent, "deemAccepted", [order, number, receipt], order, number);
  }

  /** The receipt that the goods left; 0 straight from the field, and where there is no such delivery. */
  async #receiptOf(order: string, number: number): Promise<string | 0n> {
    const row = await this.database.rows.one(DeliveryRow, { order, number });
    return row?.receipt ?? 0n;
  }

  #act<M extends DeliveryMethod>(
    intent: Intent,
    method: M,
    args: MethodArgs<"Deliveries", M>,
    order: string,
    number: number,
    status: 200 | 201 = 200,
  ): Promise<Effect> {
    const act = this.contracts.act("Deliveries", method, args);
    return this.commands.perform(intent, act, { status, read: () => this.get(order, number) });
  }

  #dto(row: DeliveryRow): DeliveryDto {
    const { utcOffset } = this.contracts.deployment;
    const { order, number } = row;
    return {
      order,
      number,
      receipt: row.receipt,
      quantity: formatQuantity(row.quantity),
      arrivesBy: formatTime(row.arrivesBy, utcOffset),
      status: row.status,
      accepted: formatQuantity(row.accepted),
      rejected: formatQuantity(row.rejected),
      returned: formatQuantity(row.returned),
      deemed: row.deemed,
      despatchedBy: row.despatchedBy,
      despatchedAt: formatTime(row.despatchedAt, utcOffset),
      answeredAt: row.answeredAt === null ? null : formatTime(row.answeredAt, utcOffset),
      receivable: row.amount === 0n ? null : receivableIdOf(order, number),
    };
  }
}
