import { UnsupportedMediaTypeException } from "@nestjs/common";
import { BadInput } from "../http/bad-input.ts";
import { readOrderCsv } from "./order-csv.ts";
import { noNames, requireFewEnough, type OrderSource } from "./order-source.ts";
import { readUblOrder } from "./ubl.ts";

/**
 * The orders in the body of a batch.
 * @param type the request's content type
 * @throws BadInput, or the DomainErrors of `readUblOrder` and `readOrderCsv`, for a body that is none as a whole
 */
export function ordersOf(body: unknown, type: string): OrderSource[] {
  if (typeof body !== "string") return ordersOfJson(body);
  if (/^text\/csv\b/i.test(type)) return readOrderCsv(body);
  if (/^(application|text)\/xml\b/i.test(type)) return readUblOrder(body);
  throw new UnsupportedMediaTypeException();
}

function ordersOfJson(body: unknown): OrderSource[] {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw BadInput.at("", "must be a JSON object");
  }
  const { orders, ...others } = body as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(others).map((name) => ({
    pointer: `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`,
    detail: "is not a field of this request",
  }));
  if (unknown.length > 0) throw new BadInput(unknown);
  if (!Array.isArray(orders)) throw BadInput.at("/orders", "must be a list");
  if (orders.length === 0) throw BadInput.at("/orders", "must not be empty");
  requireFewEnough(orders.length);
  return (orders as readonly unknown[]).map((order, index) => {
    const isObject = typeof order === "object" && order !== null && !Array.isArray(order);
    const faults = isObject ? [] : [{ pointer: "", detail: "must be a JSON object" }];
    return { index, line: undefined, fields: isObject ? order : {}, named: noNames, faults };
  });
}
