import type { EntityManager } from "typeorm";
import { detailsHashOf, type OrderTerms } from "../chain/claim-ids.ts";
import { bytesOfText, normalised } from "../chain/hex.ts";
import { BadInput, type Fault } from "../http/bad-input.ts";
import {
  decimalFault,
  parseQuantity,
  parseUnitPrice,
  unitPriceDecimals,
  widest,
} from "../http/decimal.ts";
import { parseTime } from "../http/time.ts";
import { valueHalfUp } from "../math/amounts.ts";
import { dayOfDate, startOfDay } from "../math/calendar.ts";
import { ChainEventRow } from "../projection/projection.entity.ts";
import type { IssueOrderDto } from "./order.dto.ts";
import type { OrderRow } from "./order.entity.ts";

const noRoot = `0x${"0".repeat(64)}`;

/** What of a currency an order's terms depend on. */
export interface TermsCurrency {
  /** The token. */
  readonly id: string;
  readonly decimals: number;
}

/**
 * The terms of an order as the contracts take them.
 * @param utcOffset seconds east of Greenwich: where a civil day ends
 * @throws BadInput with every fault that only the currency shows
 */
export function termsOf(
  order: IssueOrderDto,
  currency: TermsCurrency,
  utcOffset: number,
): OrderTerms {
  const faults = [...priceFaults(order, currency), ...quantityFaults(order)];
  if (faults.length > 0) throw new BadInput(faults);
  const quantity = parseQuantity(order.quantity, "/quantity");
  const unitPrice = parseUnitPrice(order.unitPrice, currency.decimals, "/unitPrice");
  const value = valueHalfUp(quantity, unitPrice);
  if (value === 0n || value > widest.money) {
    const what = value === 0n ? "nothing" : "more than can be recorded";
    throw BadInput.at("/unitPrice", `makes the order worth ${what}`);
  }
  return {
    number: numberBytes(order.number),
    line: order.line,
    seller: order.seller,
    arbiter: order.arbiter,
    currency: currency.id,
    item: textBytes(order.itemCode.trim(), 32),
    unit: textBytes(order.unit, 3),
    quantity,
    unitPrice,
    deliverBy: deliverByOf(order.deliverBy, utcOffset),
    paymentDays: order.paymentDays,
    inspectionDays: order.inspectionDays,
    termsRoot: order.termsRoot ?? noRoot,
  };
}

/**
 * The terms that an order was issued with: a ruling has to show them. Texts are the very bytes of the event: whoever
 * issues past this API may have used any, of which the row shows no more than can be shown.
 */
export async function termsOnRecord(read: EntityManager, order: OrderRow): Promise<OrderTerms> {
  const { block, logIndex } = order;
  const { args } = await read.findOneByOrFail(ChainEventRow, { block, logIndex });
  const { number, item, unit } = args["terms"] as Readonly<
    Record<"number" | "item" | "unit", string>
  >;
  return {
    number,
    line: order.line,
    seller: order.seller,
    arbiter: order.arbiter,
    currency: order.currency,
    item,
    unit,
    quantity: order.orderedQuantity,
    unitPrice: order.unitPrice,
    deliverBy: order.deliverBy,
    paymentDays: order.paymentDays,
    inspectionDays: order.inspectionDays,
    termsRoot: order.termsRoot,
  };
}

/** What proves to the contracts that goods are of an order's kind. */
export async function detailsOnRecord(read: EntityManager, order: OrderRow): Promise<string> {
  return detailsHashOf(order.buyer, await termsOnRecord(read, order));
}

/** A number of a document or ticket as it is hashed into an id. */
export function numberBytes(number: string): string {
  return textBytes(normalised(number), 32);
}

/** @throws for a text that the DTO should have refused */
export function textBytes(text: string, size: number): string {
  const bytes = bytesOfText(text, size);
  if (bytes === undefined) throw new Error(`"${text}" does not fit into ${size} bytes.`);
  return bytes;
}

/** Seconds: of a civil day its last one. */
function deliverByOf(text: string, utcOffset: number): number {
  const day = dayOfDate(text);
  const time = day === undefined ? parseTime(text) : startOfDay(day + 1, utcOffset) - 1;
  if (time === undefined) throw BadInput.at("/deliverBy", "is no date and no time");
  return time;
}

function priceFaults({ unitPrice }: IssueOrderDto, { decimals }: TermsCurrency): Fault[] {
  const detail = decimalFault(unitPrice, unitPriceDecimals(decimals), widest.unitPrice);
  return detail === undefined ? [] : [{ pointer: "/unitPrice", detail }];
}

function quantityFaults({ quantity }: IssueOrderDto): Fault[] {
  return parseQuantity(quantity, "/quantity") === 0n
    ? [{ pointer: "/quantity", detail: "must be more than zero" }]
    : [];
}
