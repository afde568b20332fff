import { Injectable } from "@nestjs/common";
import { PartyDirectory } from "../auth/party-directory.ts";
import { Contracts } from "../chain/contracts.ts";
import { PartyNames } from "../claim/party-names.ts";
import { Database } from "../database/database.ts";
import { formatTime } from "../http/time.ts";
import { dateOf, dayOf } from "../math/calendar.ts";
import { CurrencyService } from "../money/currency.service.ts";
import { OrderRow } from "../order/order.entity.ts";
import type { ReceivableDto, ReceivablePaymentDto } from "./receivable.dto.ts";
import { ReceivablePaymentRow, type ReceivableRow } from "./receivable.entity.ts";
import { daysPastDue, receivableStatus, uncontested } from "./receivable-status.ts";

/** Receivables as the API shows them. */
@Injectable()
export class ReceivableView {
  constructor(
    private readonly database: Database,
    private readonly contracts: Contracts,
    private readonly currencies: CurrencyService,
    private readonly parties: PartyDirectory,
  ) {}

  /** @param asOf seconds */
  async one(row: ReceivableRow, asOf: number): Promise<ReceivableDto> {
    const [dto] = await this.many([row], asOf);
    if (dto === undefined) throw new Error(`Receivable ${row.id} was lost on the way.`);
    return dto;
  }

  async many(rows: readonly ReceivableRow[], asOf: number): Promise<ReceivableDto[]> {
    if (rows.length === 0) return [];
    const payments = await this.database.rows.all(
      ReceivablePaymentRow,
      { receivable: rows.map(({ id }) => id) },
      ["block", "logIndex"],
    );
    const orders = await this.database.rows.all(OrderRow, {
      id: [...new Set(rows.map(({ order }) => order))],
    });
    const names = new PartyNames(this.parties);
    const today = dayOf(asOf, this.contracts.deployment.utcOffset);
    return Promise.all(
      rows.map((row) =>
        this.#dto(
          row,
          orders.find(({ id }) => id === row.order),
          payments.filter(({ receivable }) => receivable === row.id),
          names,
          today,
        ),
      ),
    );
  }

  async #dto(
    row: ReceivableRow,
    order: OrderRow | undefined,
    payments: readonly ReceivablePaymentRow[],
    names: PartyNames,
    today: number,
  ): Promise<ReceivableDto> {
    const currency = await this.currencies.byToken(row.currency);
    const money = (amount: bigint): string => this.currencies.format(amount, currency);
    return {
      id: row.id,
      order: row.order,
      number: order?.number ?? "",
      line: order?.line ?? 0,
      delivery: row.delivery,
      holder: row.holder,
      holderName: await names.of(row.holder),
      debtor: row.debtor,
      debtorName: await names.of(row.debtor),
      currency: currency.symbol,
      amount: money(row.amount),
      outstanding: money(row.outstanding),
      contested: money(row.contested),
      uncontested: money(uncontested(row)),
      acceptedOn: dateOf(row.acceptedDay),
      dueDate: dateOf(row.dueDay),
      deemed: row.deemed,
      overdue: row.overdue,
      assigned: row.assigned,
      daysPastDue: daysPastDue(row, today),
      status: receivableStatus(row),
      payments: payments.map((payment) => this.#payment(payment, money)),
    };
  }

  #payment(row: ReceivablePaymentRow, money: (amount: bigint) => string): ReceivablePaymentDto {
    const { by, collected, block, transaction } = row;
    return {
      amount: money(row.amount),
      toLender: money(row.toLender),
      toHolder: money(row.toHolder),
      collected,
      by,
      at: formatTime(row.time, this.contracts.deployment.utcOffset),
      block,
      transaction,
    };
  }
}
