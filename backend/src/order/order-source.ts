import { DomainError } from "../chain/domain-error.ts";
import type { Fault } from "../http/bad-input.ts";

/** What an order is issued with, as `POST /orders` names it and as the columns of a CSV file are called. */
export const orderFields = [
  "number",
  "line",
  "seller",
  "arbiter",
  "currency",
  "itemCode",
  "unit",
  "quantity",
  "unitPrice",
  "deliverBy",
  "paymentDays",
  "inspectionDays",
  "termsRoot",
] as const;
export type OrderField = (typeof orderFields)[number];

/** One order out of a request, before anything but its form has been looked at. */
export interface OrderSource {
  /** Place among the orders of the request, from 0. */
  readonly index: number;
  /** Line of the file that it begins on, from 1; undefined for JSON. */
  readonly line: number | undefined;
  /** As `POST /orders` takes them; parties by id, or by any of the names that a document gives them. */
  readonly fields: Readonly<Partial<Record<OrderField, unknown>>>;
  /** Who a document says the parties are, by any of these. */
  readonly named: { readonly buyer: readonly string[]; readonly seller: readonly string[] };
  /** What is wrong with its form; pointers go into the order, the empty one means all of it. */
  readonly faults: readonly Fault[];
}

export const noNames = { buyer: [], seller: [] } as const;

/** Orders that one request may bring. */
export const mostOrders = 10_000;
/** Bytes of a file. */
const largestFile = 10 * 1024 * 1024;

/**
 * The text of a file.
 * @throws DomainError `FileTooLarge`, `NotUtf8`
 */
export function textOfFile(file: Uint8Array | string): string {
  const size = typeof file === "string" ? Buffer.byteLength(file) : file.byteLength;
  if (size > largestFile) throw new DomainError("FileTooLarge", { size, largest: largestFile });
  if (typeof file === "string") {
    // Whoever decoded it put this in the place of what is no UTF-8.
    if (file.includes("\uFFFD")) throw new DomainError("NotUtf8");
    return file.replace(/^\uFEFF/, "");
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(file);
  } catch {
    throw new DomainError("NotUtf8");
  }
}

/** @throws DomainError `TooManyOrders` */
export function requireFewEnough(orders: number): void {
  if (orders > mostOrders) throw new DomainError("TooManyOrders", { orders, most: mostOrders });
}

/** The line of a text, from 1, that a place in it is on. Asked in rising order: it counts on from the last answer. */
export class LineCounter {
  #place = 0;
  #line = 1;

  constructor(private readonly text: string) {}

  lineOf(place: number): number {
    for (;;) {
      const end = this.text.indexOf("\n", this.#place);
      if (end === -1 || end >= place) return this.#line;
      this.#place = end + 1;
      this.#line += 1;
    }
  }
}
