import { Injectable } from "@nestjs/common";
import type { SelectQueryBuilder } from "typeorm";
import type { Actor } from "../auth/actor.ts";
import type { Act, MethodArgs, MethodName } from "../chain/contracts.ts";
import { Contracts } from "../chain/contracts.ts";
import { DomainError } from "../chain/domain-error.ts";
import { normalised } from "../chain/hex.ts";
import { CommandService } from "../command/command.service.ts";
import type { Effect } from "../command/effect.ts";
import { weighed, type Intent } from "../command/intent.ts";
import { Database } from "../database/database.ts";
import { pageOf, type Page } from "../http/paging.ts";
import { dayOfDate, startOfDay } from "../math/calendar.ts";
import { ProjectionEngine } from "../projection/projection.engine.ts";
import { OrderPreparation, type PreparedOrder } from "./order-preparation.ts";
import { OrderReaders } from "./order-readers.ts";
import { isOnRecord } from "./order-status.ts";
import type { IssueOrderDto, OrderDto, OrderQuery } from "./order.dto.ts";
import { OrderRow } from "./order.entity.ts";
import { OrderPresenter } from "./order.presenter.ts";

@Injectable()
export class OrderService {
  constructor(
    private readonly database: Database,
    private readonly contracts: Contracts,
    private readonly commands: CommandService,
    private readonly projection: ProjectionEngine,
    private readonly readers: OrderReaders,
    private readonly preparation: OrderPreparation,
    private readonly presenter: OrderPresenter,
  ) {}

  /** @throws DomainError `NotFound` */
  async get(by: Actor, id: string): Promise<OrderDto> {
    return this.presenter.one(await this.readers.get(by, id));
  }

  /** For callers that have made sure that the order may be read. */
  show(row: OrderRow): Promise<OrderDto> {
    return this.presenter.one(row);
  }

  async list(by: Actor, query: OrderQuery): Promise<Page<OrderDto>> {
    const columns = ["block", "logIndex"] as const;
    const page = await pageOf(this.database.read, OrderRow, query, columns, (orders) => {
      this.readers.narrow(orders, by);
      this.#filter(orders, query);
    });
    return { items: await this.presenter.all(page.items), next: page.next };
  }

  /**
   * Issues an order; one that is on record with the same terms is the answer.
   * @throws BadInput with every fault; DomainError `AlreadyExists` with both, for other terms
   */
  async issue(intent: Intent, input: IssueOrderDto): Promise<Effect | OrderDto> {
    const prepared = await this.preparation.prepare(intent.by, input);
    const existing = await this.onRecord(prepared, input);
    if (existing !== undefined) return existing;
    const act = this.contracts.act("PurchaseOrders", "issue", [prepared.terms]);
    try {
      return await this.commands.perform(weighed(intent, "order", prepared.value), act, {
        status: 201,
        read: () => this.read(prepared.id),
      });
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== "AlreadyExists") throw error;
      // Somebody was faster, and the read model may not have it yet.
      await this.projection.catchUp();
      const other = await this.onRecord(prepared, input);
      if (other === undefined) throw error;
      return other;
    }
  }

  /** @param termsHash of the terms as the seller saw them; of those on record where it is left out */
  async accept(intent: Intent, id: string, termsHash?: string): Promise<Effect> {
    const row = await this.readers.get(intent.by, id);
    return this.#act(intent, id, "accept", [id, termsHash ?? row.termsHash]);
  }

  async cancel(intent: Intent, id: string): Promise<Effect> {
    await this.readers.get(intent.by, id);
    return this.#act(intent, id, "cancel", [id]);
  }

  async lapse(intent: Intent, id: string): Promise<Effect> {
    await this.readers.get(intent.by, id);
    return this.#act(intent, id, "lapse", [id]);
  }

  #act<M extends MethodName<"PurchaseOrders">>(
    intent: Intent,
    id: string,
    method: M,
    args: MethodArgs<"PurchaseOrders", M>,
  ): Promise<Effect> {
    const act: Act = this.contracts.act("PurchaseOrders", method, args);
    return this.commands.perform(intent, act, { read: () => this.read(id) });
  }

  /** Whoever asks: for callers that have had it made. */
  async read(id: string): Promise<OrderDto> {
    return this.presenter.one(await this.readers.ofAnyone(id));
  }

  /**
   * The order that is on record with the same terms.
   * @throws DomainError `AlreadyExists` with both, for other terms
   */
  async onRecord(prepared: PreparedOrder, asked: IssueOrderDto): Promise<OrderDto | undefined> {
    const row = await this.database.rows.one(OrderRow, { id: prepared.id });
    if (row === null || !isOnRecord(row)) return undefined;
    const existing = await this.presenter.one(row);
    if (row.termsHash === prepared.termsHash) return existing;
    throw new DomainError("AlreadyExists", { id: row.id, existing, asked });
  }

  #filter(orders: SelectQueryBuilder<OrderRow>, query: OrderQuery): void {
    const { buyer, seller, party, status, number, numberPrefix, issuedFrom, issuedTo } = query;
    const { utcOffset } = this.contracts.deployment;
    const second = (date: string, more: number): number =>
      startOfDay((dayOfDate(date) ?? 0) + more, utcOffset);
    if (buyer !== undefined) orders.andWhere("row.buyer = :buyer", { buyer });
    if (seller !== undefined) orders.andWhere("row.seller = :seller", { seller });
    if (party !== undefined) {
      orders.andWhere(":party IN (row.buyer, row.seller, row.arbiter)", { party });
    }
    if (number !== undefined) {
      orders.andWhere("row.number = :number", { number: normalised(number) });
    }
    if (numberPrefix !== undefined) {
      const prefix = normalised(numberPrefix).replace(/[\\%_]/g, String.raw`\$&`);
      orders.andWhere(String.raw`row.number LIKE :prefix ESCAPE '\'`, { prefix: `${prefix}%` });
    }
    if (issuedFrom !== undefined) {
      orders.andWhere("row.issuedAt >= :from", { from: second(issuedFrom, 0) });
    }
    if (issuedTo !== undefined) {
      orders.andWhere("row.issuedAt < :to", { to: second(issuedTo, 1) });
    }
    if (status === undefined) return;
    const stored = status === "Fulfilled" ? "Accepted" : status;
    orders.andWhere("row.status = :stored", { stored });
    if (stored === "Accepted") {
      orders.andWhere(`row.accepted ${status === "Fulfilled" ? "=" : "<>"} row.quantity`);
    }
  }
}
