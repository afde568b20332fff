import type { OrderRow } from "./order.entity.ts";

export const orderStatuses = ["Issued", "Accepted", "Fulfilled", "Cancelled", "Lapsed"] as const;
export type OrderStatus = (typeof orderStatuses)[number];

/** `Fulfilled` is an accepted order with nothing left to accept; the contracts derive it likewise. */
export function orderStatus(
  order: Pick<OrderRow, "status" | "accepted" | "quantity">,
): OrderStatus {
  const isDone = order.status === "Accepted" && order.accepted === order.quantity;
  return isDone ? "Fulfilled" : order.status;
}

/** Whether the contracts still have it: what was cancelled before it was accepted may be issued again. */
export function isOnRecord(order: Pick<OrderRow, "status" | "acceptedAt">): boolean {
  return order.status !== "Cancelled" || order.acceptedAt !== null;
}
