import type { Delivery, LedgerEvent, Order, Receipt, Receivable } from "../../api/shapes.ts";
import { difference, isPositive, sum } from "../../format/decimal.ts";

type MilestoneName =
  "ordered" | "accepted" | "financed" | "stored" | "despatched" | "taken" | "paid";

/** A stage in the life of a claim: when it began, how much of it there is, and whether that is all. */
export interface Milestone {
  name: MilestoneName;
  at: string | undefined;
  quantity?: string;
  amount?: string;
  isDone: boolean;
}

export interface ClaimSoFar {
  order: Order;
  receipts: Receipt[];
  deliveries: Delivery[];
  receivables: Receivable[];
  events: LedgerEvent[];
}

/** Whether the viewer is told what is owed for the goods: a warehouse, for one, is not. */
export function isToldOfMoney({ deliveries, receivables }: ClaimSoFar): boolean {
  return receivables.length > 0 || deliveries.every(({ receivable }) => receivable === null);
}

/** How far a claim has come; a stage that is kept from the viewer is left out. */
export function milestonesOf(claim: ClaimSoFar): Milestone[] {
  const { order, receipts, deliveries, receivables, events } = claim;
  const first = (...kinds: string[]): string | undefined =>
    events.find(({ kind }) => kinds.includes(kind))?.at;
  const drawn = events
    .filter(({ kind }) => kind === "DrawnDown")
    .flatMap(({ amount }) => amount ?? []);
  const financed = first("DrawnDown", "LienPlaced");
  const stored = first("ReceiptIssued");
  const sent = deliveries.filter(({ status }) => status !== "Recalled");
  const isAllTaken =
    isPositive(order.accepted) && !isPositive(difference(order.quantity, order.accepted));
  const outstanding = sum(receivables.map((receivable) => receivable.outstanding));
  const paid = receivables.flatMap(({ payments }) => payments.map(({ amount }) => amount));
  const all: Milestone[] = [
    { name: "ordered", at: order.issuedAt, amount: order.orderedValue, isDone: true },
    {
      name: "accepted",
      at: order.acceptedAt ?? undefined,
      quantity: order.orderedQuantity,
      isDone: order.acceptedAt !== null,
    },
    {
      name: "financed",
      at: financed,
      ...(drawn.length === 0 ? {} : { amount: sum(drawn) }),
      isDone: financed !== undefined,
    },
    {
      name: "stored",
      at: stored,
      quantity: sum(receipts.map(({ weighed }) => weighed)),
      isDone: stored !== undefined,
    },
    {
      name: "despatched",
      at: first("Despatched"),
      quantity: sum(sent.map(({ quantity }) => quantity)),
      isDone: isAllTaken,
    },
    {
      name: "taken",
      at: first("DeliveryAccepted"),
      quantity: order.accepted,
      isDone: isAllTaken,
    },
    {
      name: "paid",
      at: first("ReceivablePaid"),
      amount: sum(paid),
      isDone: isAllTaken && !isPositive(outstanding),
    },
  ];
  return isToldOfMoney(claim) ? all : all.filter(({ name }) => name !== "paid");
}
