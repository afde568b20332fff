import type { MethodArgs } from "../chain/contracts.ts";
import { BadInput } from "../http/bad-input.ts";
import { parseQuantity } from "../http/decimal.ts";
import { numberBytes, textBytes } from "../order/order-terms.ts";
import type { IssueReceiptDto } from "./receipt.dto.ts";
import type { ReceiptRow } from "./receipt.entity.ts";

const noRoot = `0x${"0".repeat(64)}`;

/** In the place of an order's details where there is no order. */
export const noDetails = noRoot;

/**
 * What a weigh ticket says, as the contracts take it.
 * @throws BadInput for a return that names an order or a delivery alone
 */
export function receiptTermsOf(
  input: IssueReceiptDto,
): MethodArgs<"WarehouseReceipts", "issue">[0] {
  const { order, delivery } = input;
  if (order === undefined && delivery !== undefined) {
    throw BadInput.at("/order", "is required with `delivery`");
  }
  if (order !== undefined && delivery === undefined) {
    throw BadInput.at("/delivery", "is required with `order`");
  }
  return {
    ticket: numberBytes(input.ticket),
    depositor: input.depositor,
    item: textBytes(input.itemCode.trim(), 32),
    unit: textBytes(input.unit, 3),
    lot: textBytes(input.lot.trim(), 32),
    quantity: parseQuantity(input.quantity, "/quantity"),
    lossAllowanceBps: input.lossAllowanceBps,
    termsRoot: input.termsRoot ?? noRoot,
    order: order ?? 0n,
    delivery: delivery ?? 0,
  };
}

/**
 * Whether a ticket says what the receipt was issued with. What was weighed in is compared as it was then: the record
 * moves it along with splits and merges.
 */
export function isSameTicket(row: ReceiptRow, input: IssueReceiptDto): boolean {
  return (
    row.depositor === input.depositor &&
    row.itemCode === input.itemCode.trim() &&
    row.unit === input.unit &&
    row.lot === input.lot.trim() &&
    row.issuedQuantity === parseQuantity(input.quantity, "/quantity") &&
    row.lossAllowanceBps === input.lossAllowanceBps &&
    row.termsRoot === (input.termsRoot ?? noRoot) &&
    row.returnedOrder === (input.order ?? null) &&
    row.returnedDelivery === (input.delivery ?? null)
  );
}
