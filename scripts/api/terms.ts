import { moneyText, priceText, quantityText } from "./wire.ts";
import type { Id, Role } from "./resources.ts";

/** What is said when something comes to be; money in minor units, quantities in thousandths. */

export interface Admission {
  readonly name: string;
  readonly roles: readonly Role[];
  /** An account whose key a wallet has; left out, the sandbox makes one. */
  readonly key?: string;
}

export interface OrderTerms {
  readonly number: string;
  readonly line: number;
  readonly seller: Id;
  readonly arbiter: Id;
  readonly itemCode: string;
  /** UN/ECE Rec 20. */
  readonly unit: string;
  readonly quantity: bigint;
  /** Hundredths of a minor unit, for one unit. */
  readonly unitPrice: bigint;
  /** ISO 8601 with offset. */
  readonly deliverBy: string;
  readonly paymentDays: number;
  readonly inspectionDays: number;
}

export interface ReceiptTerms {
  readonly ticket: string;
  readonly depositor: Id;
  readonly itemCode: string;
  readonly unit: string;
  readonly lot: string;
  readonly quantity: bigint;
  readonly lossAllowanceBps: number;
  /** Root of its document's fields. */
  readonly termsRoot?: Id;
  /** The delivery that these goods came back from. */
  readonly returned?: { readonly order: Id; readonly delivery: number };
}

export interface DespatchTerms {
  readonly number: number;
  /** Where the goods are; from the field where there is none. */
  readonly receipt?: Id;
  readonly quantity: bigint;
  /** ISO 8601 with offset. */
  readonly arrivesBy: string;
}

/** What a lender offers, whoever borrows. Advance rates, rates and sweep in basis points. */
export interface FacilityOffer {
  readonly limit: bigint;
  readonly orderAdvanceBps: number;
  readonly storedAdvanceBps: number;
  readonly acceptedAdvanceBps: number;
  readonly rateBps: number;
  readonly penaltyRateBps: number;
  readonly dayBasis: number;
  readonly tenorDays: number;
  readonly graceDays: number;
  readonly sweepBps: number;
}

export interface FacilityTerms extends FacilityOffer {
  readonly number: string;
  readonly borrower: Id;
  readonly buyer: Id;
  /** Civil day, the last one on which it can be drawn. */
  readonly expires: string;
}

export function orderBody(terms: OrderTerms): object {
  const { quantity, unitPrice, ...rest } = terms;
  return { ...rest, quantity: quantityText(quantity), unitPrice: priceText(unitPrice) };
}

export function receiptBody({ returned, quantity, ...rest }: ReceiptTerms): object {
  return { ...rest, quantity: quantityText(quantity), ...returned };
}

export function despatchBody({ quantity, ...rest }: DespatchTerms): object {
  return { ...rest, quantity: quantityText(quantity) };
}

export function facilityBody({ limit, ...rest }: FacilityTerms): object {
  return { ...rest, limit: moneyText(limit) };
}
