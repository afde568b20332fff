import { Injectable } from "@nestjs/common";
import { PartyDirectory } from "../auth/party-directory.ts";
import { Contracts } from "../chain/contracts.ts";
import { PartyNames } from "../claim/party-names.ts";
import { formatDecimal, formatQuantity, unitPriceDecimals } from "../http/decimal.ts";
import { formatTime } from "../http/time.ts";
import { valueHalfUp } from "../math/amounts.ts";
import { CurrencyService } from "../money/currency.service.ts";
import type { CurrencyRow } from "../money/money.entity.ts";
import { orderStatus } from "./order-status.ts";
import type { OrderDto } from "./order.dto.ts";
import type { OrderRow } from "./order.entity.ts";

/** Orders as the wire shows them. */
@Injectable()
export class OrderPresenter {
  constructor(
    private readonly contracts: Contracts,
    private readonly currencies: CurrencyService,
    private readonly parties: PartyDirectory,
  ) {}

  async one(row: OrderRow): Promise<OrderDto> {
    const [order] = await this.all([row]);
    if (order === undefined) throw new Error("An order has been lost on its way out.");
    return order;
  }

  async all(rows: readonly OrderRow[]): Promise<OrderDto[]> {
    const names = new PartyNames(this.parties);
    return Promise.all(
      rows.map(async (row) => {
        const currency = await this.currencies.byToken(row.currency);
        const { buyer, seller, arbiter } = row;
        const [buyerName, sellerName, arbiterName] = await Promise.all([
          names.of(buyer),
          names.of(seller),
          names.of(arbiter),
        ]);
        return this.#dto(row, currency, { buyerName, sellerName, arbiterName });
      }),
    );
  }

  #dto(row: OrderRow, currency: CurrencyRow, names: NamesOfSides): OrderDto {
    const { decimals } = currency;
    const isAsked = row.status === "Accepted" && row.cancellationAt === row.deliveries;
    return {
      id: row.id,
      number: row.number,
      line: row.line,
      buyer: row.buyer,
      seller: row.seller,
      arbiter: row.arbiter,
      ...names,
      currency: currency.symbol,
      itemCode: row.itemCode,
      unit: row.unit,
      quantity: formatQuantity(row.quantity),
      orderedQuantity: formatQuantity(row.orderedQuantity),
      unitPrice: formatDecimal(row.unitPrice, unitPriceDecimals(decimals)),
      value: formatDecimal(valueHalfUp(row.quantity, row.unitPrice), decimals),
      orderedValue: formatDecimal(valueHalfUp(row.orderedQuantity, row.unitPrice), decimals),
      deliverBy: this.#time(row.deliverBy),
      paymentDays: row.paymentDays,
      inspectionDays: row.inspectionDays,
      termsRoot: row.termsRoot,
      termsHash: row.termsHash,
      status: orderStatus(row),
      accepted: formatQuantity(row.accepted),
      pending: formatQuantity(row.pending),
      stored: formatQuantity(row.stored),
      owed: formatDecimal(row.owed, decimals),
      overdueCount: row.overdueCount,
      cancellationBy: isAsked ? row.cancellationBy : null,
      issuedAt: this.#time(row.issuedAt),
      acceptedAt: row.acceptedAt === null ? null : this.#time(row.acceptedAt),
      endedAt: row.endedAt === null ? null : this.#time(row.endedAt),
    };
  }

  #time(seconds: number): string {
    return formatTime(seconds, this.contracts.deployment.utcOffset);
  }
}

type NamesOfSides = Pick<OrderDto, "buyerName" | "sellerName" | "arbiterName">;
