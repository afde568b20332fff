import type { Answer } from "./client.ts";
import { made, type Trade } from "./trade.ts";

// What the parties of a trade do in many tests.

let orders = 0;

/** What `POST /orders` takes, for the trade's pair; the number is a new one. */
export function orderBody(trade: Trade, changes: object = {}): Record<string, unknown> {
  orders += 1;
  return {
    number: `PO-${orders}`,
    line: 1,
    seller: trade.cooperative.id,
    arbiter: trade.arbiter.id,
    itemCode: "RICE-5",
    unit: "KGM",
    quantity: "1000",
    unitPrice: "7.80",
    deliverBy: "2026-12-01",
    paymentDays: 30,
    inspectionDays: 3,
    ...changes,
  };
}

/** An order that its seller has accepted; its id. */
export async function acceptedOrder(trade: Trade, changes: object = {}): Promise<string> {
  const id = String(
    made(await trade.buyer.post("/api/v1/orders", orderBody(trade, changes)))["id"],
  );
  made(await trade.cooperative.post(`/api/v1/orders/${id}/acceptance`));
  return id;
}

/** The order of the order-to-cash story, accepted: 20,000 kg at 6.5000, due 30 days after acceptance; its id. */
export function storyOrder(trade: Trade, number: string, changes: object = {}): Promise<string> {
  return acceptedOrder(trade, {
    number,
    itemCode: "RICE",
    quantity: "20000.000",
    unitPrice: "6.5000",
    deliverBy: "2026-10-31T23:59:59+08:00",
    ...changes,
  });
}

/** The terms of the order-to-cash story's facility. */
export function facilityTerms(
  trade: Trade,
  changes: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    number: "F-1",
    borrower: trade.cooperative.id,
    buyer: trade.buyer.id,
    limit: "500000.00",
    orderAdvanceBps: 6000,
    storedAdvanceBps: 7000,
    acceptedAdvanceBps: 8500,
    rateBps: 452,
    penaltyRateBps: 678,
    dayBasis: 360,
    tenorDays: 90,
    graceDays: 5,
    sweepBps: 10000,
    expires: "2027-08-31",
    ...changes,
  };
}

/** @returns its id */
export async function openFacility(
  trade: Trade,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const terms = facilityTerms(trade, changes);
  return String(made(await trade.lender.post("/api/v1/facilities", terms))["id"]);
}

/** Draws on an order at the revision that it has now. */
export async function drawDown(
  trade: Trade,
  facility: string,
  order: string,
  amount: string,
): Promise<Answer> {
  const { revision } = made(await trade.cooperative.get(`/api/v1/loans/${order}`));
  return trade.cooperative.post(`/api/v1/facilities/${facility}/drawdowns`, {
    order,
    amount,
    revision,
  });
}

/** Despatches from the field and accepts all of it, at once. Returns the receivable's id. */
export async function delivered(
  trade: Trade,
  order: string,
  number: number,
  quantity: string,
): Promise<string> {
  const { now } = made(await trade.anyone.get("/api/v1/sandbox/calendar"));
  const despatch = { number, quantity, arrivesBy: laterBy(String(now), 60) };
  made(await trade.cooperative.post(`/api/v1/orders/${order}/deliveries`, despatch));
  const path = `/api/v1/orders/${order}/deliveries/${number}/acceptance`;
  return String(made(await trade.buyer.post(path, { quantity }))["receivable"]);
}

/** A time some seconds later, written with `Z`. */
function laterBy(time: string, seconds: number): string {
  return new Date(Date.parse(time) + seconds * 1000).toISOString().replace(".000", "");
}
