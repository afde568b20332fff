import { dateOf } from "../../../backend/src/math/calendar.ts";
import { valueHalfUp } from "../../../backend/src/math/amounts.ts";
import { moneyText } from "../../api/wire.ts";
import { readDay } from "./date-format.ts";
import type { BookField, Mapping } from "./mapping.ts";
import { readNumber, shown } from "./number-format.ts";

/** A line of an order book: what was ordered, when, and when it came. Days are civil days. */
export interface BookLine {
  /** Where it stands in the file, from 1. */
  readonly fileLine: number;
  readonly number: string;
  readonly line: number;
  readonly buyer: string;
  readonly seller: string;
  readonly item: string;
  /** Thousandths. */
  readonly quantity: bigint;
  /** Hundredths of a minor unit. */
  readonly unitPrice: bigint;
  /** Minor units: quantity × unit price, rounded half up. */
  readonly value: bigint;
  readonly orderDay: number;
  readonly scheduledDay: number;
  readonly deliveredDay: number;
  /** The order's day comes from the mapping's rule, not from the file. */
  readonly isOrderDayGuessed: boolean;
  /** Minor units by which the file's own value differs. */
  readonly differsBy: bigint;
}

/** Reads the cell of a field; undefined where the mapping has no column for it. */
export type Cells = (field: BookField) => string | undefined;

const longestItem = 32;
const lastLine = 0xffff_ffff;

/** The line, or every reason why it is none. */
export function readBookLine(
  cells: Cells,
  fileLine: number,
  mapping: Mapping,
): BookLine | string[] {
  const reasons: string[] = [];
  const column = (field: BookField): string => mapping.columns.get(field) ?? field;
  const named = (field: BookField, otherwise: string): string => {
    const text = cells(field) ?? otherwise;
    if (text === "") reasons.push(`${column(field)} is empty`);
    return text;
  };
  const number = (field: BookField, places: number): bigint => {
    const value = readNumber(cells(field) ?? "", places, mapping.numbers);
    if (typeof value === "bigint" && value > 0n) return value;
    reasons.push(`${column(field)} ${typeof value === "string" ? value : "is zero"}`);
    return 0n;
  };
  const day = (field: BookField): number => {
    const text = cells(field) ?? "";
    const found = readDay(text, mapping.dates);
    if (found === undefined) reasons.push(`${column(field)} is no date: "${shown(text)}"`);
    return found ?? Number.NaN;
  };

  const terms = {
    number: named("order", "").normalize("NFKC").toUpperCase(),
    line: lineOf(cells("line"), fileLine, reasons),
    buyer: named("buyer", "Buyer"),
    seller: named("seller", "Seller"),
    item: cut(named("item", "Goods")),
    quantity: number("quantity", 3),
    unitPrice: number("price", 4),
  };
  const scheduledDay = day("scheduledDate");
  const deliveredDay = day("deliveredDate");
  const isOrderDayGuessed = isUnknown(cells("orderDate"), mapping);
  const orderDay = isOrderDayGuessed
    ? Math.min(scheduledDay, deliveredDay) - mapping.unknownOrderDate.daysBefore
    : day("orderDate");
  if (orderDay > deliveredDay) {
    reasons.push(`delivered on ${dateOf(deliveredDay)}, before the order of ${dateOf(orderDay)}`);
  }
  const value = valueHalfUp(terms.quantity, terms.unitPrice);
  if (reasons.length === 0 && value === 0n) reasons.push("quantity × price rounds to nothing");
  const differsBy = differenceOf(value, cells("value"), mapping, reasons);
  if (reasons.length > 0) return reasons;
  return {
    fileLine,
    ...terms,
    value,
    orderDay,
    scheduledDay,
    deliveredDay,
    isOrderDayGuessed,
    differsBy,
  };
}

function isUnknown(text: string | undefined, { unknownOrderDate }: Mapping): boolean {
  return text === undefined || text === "" || unknownOrderDate.texts.has(text);
}

/** The line of the document; the line of the file where the mapping names no column. */
function lineOf(text: string | undefined, fileLine: number, reasons: string[]): number {
  if (text === undefined) return fileLine;
  const line = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (line <= lastLine) return line;
  reasons.push(`the line number is no whole number: "${shown(text)}"`);
  return 0;
}

/** What the contracts hold of an item code: as many whole characters as fit into 32 bytes. */
function cut(item: string): string {
  let kept = "";
  for (const character of item) {
    if (Buffer.byteLength(kept + character) > longestItem) break;
    kept += character;
  }
  return kept.trimEnd();
}

function differenceOf(
  value: bigint,
  text: string | undefined,
  mapping: Mapping,
  reasons: string[],
): bigint {
  if (text === undefined || reasons.length > 0) return 0n;
  const exact = readNumber(text, 6, mapping.numbers);
  if (typeof exact === "string") {
    reasons.push(`${mapping.columns.get("value") ?? "value"} ${exact}`);
    return 0n;
  }
  const given = (exact + 5_000n) / 10_000n;
  const difference = value > given ? value - given : given - value;
  if (difference * 10_000n > given * BigInt(mapping.valueToleranceBps)) {
    reasons.push(`quantity × price is ${moneyText(value)}, but the file says ${moneyText(given)}`);
  }
  return difference;
}
