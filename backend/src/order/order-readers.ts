import { Injectable } from "@nestjs/common";
import type { SelectQueryBuilder } from "typeorm";
import { isOperator, type Actor } from "../auth/actor.ts";
import { DomainError } from "../chain/domain-error.ts";
import { RootWatchers } from "../claim/root-watchers.ts";
import { Database } from "../database/database.ts";
import { OrderRow } from "./order.entity.ts";

/**
 * Says in SQL which orders a party may read, beyond those that it is a side of: the orders' alias is `row`, the party
 * the parameter `:reader`.
 */
export type ReaderCondition = (orders: SelectQueryBuilder<OrderRow>, by: Actor) => string;

/**
 * Who may read an order: its buyer, its seller, its arbiter, the operator, lenders that watch it, and whomever else the
 * nouns above orders have reason to let.
 */
@Injectable()
export class OrderReaders {
  readonly #conditions: ReaderCondition[] = [
    () => ":reader IN (row.buyer, row.seller, row.arbiter)",
  ];

  constructor(
    private readonly database: Database,
    watchers: RootWatchers,
  ) {
    this.add((orders, by) => `row.id IN ${watchers.watchedRoots(orders, by.id)}`);
  }

  /** A noun's module adds its condition when it is constructed. */
  add(condition: ReaderCondition): void {
    this.#conditions.push(condition);
  }

  /** Leaves in a query of orders what the actor may read. */
  narrow(orders: SelectQueryBuilder<OrderRow>, by: Actor): void {
    if (isOperator(by)) return;
    const any = this.#conditions.map((condition) => `(${condition(orders, by)})`).join(" OR ");
    orders.andWhere(`(${any})`).setParameter("reader", by.id);
  }

  /**
   * The order, if the actor may read it.
   * @throws DomainError `NotFound` for one that there is not, and for another's
   */
  async get(by: Actor, id: string): Promise<OrderRow> {
    const known = await this.database.rows.one(OrderRow, { id });
    if (known === null) throw new DomainError("NotFound");
    const sides: readonly string[] = [known.buyer, known.seller, known.arbiter];
    if (isOperator(by) || sides.includes(by.id)) return known;
    const orders = this.database.read
      .createQueryBuilder(OrderRow, "row")
      .where("row.id = :id", { id });
    this.narrow(orders, by);
    const row = await orders.getOne();
    if (row === null) throw new DomainError("NotFound");
    return row;
  }

  /** @throws DomainError `NotFound` */
  async ofAnyone(id: string): Promise<OrderRow> {
    const row = await this.database.rows.one(OrderRow, { id });
    if (row === null) throw new DomainError("NotFound");
    return row;
  }
}
