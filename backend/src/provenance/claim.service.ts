import { Injectable } from "@nestjs/common";
import { isOperator, type Actor } from "../auth/actor.ts";
import { LoanService } from "../facility/loan.service.ts";
import type { LoanDto } from "../facility/loan.dto.ts";
import { Database } from "../database/database.ts";
import { FacilityRow } from "../facility/facility.entity.ts";
import { LienService } from "../lien/lien.service.ts";
import { OrderReaders } from "../order/order-readers.ts";
import { DeliveryService } from "../order/delivery.service.ts";
import type { OrderRow } from "../order/order.entity.ts";
import { OrderService } from "../order/order.service.ts";
import type { ReceivableDto } from "../receivable/receivable.dto.ts";
import { ReceivableRow } from "../receivable/receivable.entity.ts";
import { ReceivableService } from "../receivable/receivable.service.ts";
import { ReceiptService } from "../warehouse/receipt.service.ts";
import { sees, type Audience } from "./audience.ts";
import { WholeClaimDto } from "./provenance.dto.ts";

interface Debts {
  readonly receivables: ReceivableDto[];
  readonly loan: LoanDto | null;
}

/** One claim, in all its forms at once. */
@Injectable()
export class ClaimService {
  constructor(
    private readonly readers: OrderReaders,
    private readonly database: Database,
    private readonly orders: OrderService,
    private readonly receipts: ReceiptService,
    private readonly deliveries: DeliveryService,
    private readonly receivables: ReceivableService,
    private readonly loans: LoanService,
    private readonly liens: LienService,
  ) {}

  /** @throws DomainError `NotFound`, also for an order that the caller may not read */
  async get(by: Actor, id: string, asOf: number): Promise<WholeClaimDto> {
    const row = await this.readers.get(by, id);
    const [order, receipts, deliveries, { receivables, loan }, lien] = await Promise.all([
      this.orders.show(row),
      this.receipts.listByOrder(id),
      this.deliveries.listByOrder(id),
      this.debts(by, row, asOf),
      this.liens.of(id),
    ]);
    const parts = { receipts, deliveries, receivables, loan, lien };
    return Object.assign(new WholeClaimDto(), order, parts);
  }

  /** What is owed for an order and on it, as far as the audience sees it. */
  async debts(by: Actor, order: OrderRow, asOf: number): Promise<Debts> {
    const audience = await this.audience(by, order);
    const [receivables, loan] = await Promise.all([
      this.receivables.ofOrder(order.id, asOf),
      audience.receivables === "all" ? this.loans.find(by, order, asOf) : null,
    ]);
    return { receivables: receivables.filter(({ id }) => sees(audience.receivables, id)), loan };
  }

  /** A warehouse that keeps the goods sees neither what is owed nor what is lent; who bought a receivable, that one. */
  async audience(by: Actor, order: OrderRow): Promise<Audience> {
    if (by.id === order.buyer || by.id === order.seller || isOperator(by)) {
      return { receivables: "all", facilities: "all" };
    }
    const rows = await this.database.rows.all(FacilityRow, {
      lender: by.id,
      borrower: order.seller,
      buyer: order.buyer,
    });
    const facilities = new Set(rows.map(({ id }) => id));
    if (rows.length > 0 || by.id === order.arbiter) return { receivables: "all", facilities };
    const held = await this.database.rows.all(ReceivableRow, { order: order.id, holder: by.id });
    return { receivables: new Set(held.map(({ id }) => id)), facilities };
  }
}
