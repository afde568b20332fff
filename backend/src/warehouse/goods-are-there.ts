import { DeliveryRow } from "../order/delivery.entity.ts";
import type { ReaderCondition } from "../order/order-readers.ts";
import { ReceiptRow } from "./receipt.entity.ts";

/** A warehouse may read the orders that goods in it are for, or have been despatched for: it may recall them. */
export const goodsAreThere: ReaderCondition = (orders) => {
  const stored = orders
    .subQuery()
    .select("stored.order")
    .from(ReceiptRow, "stored")
    .where("stored.warehouse = :reader AND stored.order IS NOT NULL");
  const despatched = orders
    .subQuery()
    .select("despatched.order")
    .from(DeliveryRow, "despatched")
    .innerJoin(ReceiptRow, "source", "source.id = despatched.receipt")
    .where("source.warehouse = :reader");
  return `row.id IN ${stored.getQuery()} OR row.id IN ${despatched.getQuery()}`;
};
