import type { ReaderCondition } from "../order/order-readers.ts";
import { ReceivableRow } from "./receivable.entity.ts";

/**
 * Whoever holds a receivable may read the order that it is owed for: what the debtor can hold against it stands in the
 * order's terms, and in how the goods were delivered and accepted.
 */
export const holdsAReceivable: ReaderCondition = (orders) => {
  const held = orders
    .subQuery()
    .select("held.order")
    .from(ReceivableRow, "held")
    .where("held.holder = :reader");
  return `row.id IN ${held.getQuery()}`;
};
