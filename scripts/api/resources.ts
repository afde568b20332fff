/** What the API answers with, as it is on the wire: money, quantities and prices are decimal strings. */

export type Id = `0x${string}`;

export type Role = "buyer" | "cooperative" | "warehouse" | "lender" | "arbiter";

export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

export interface PartyResource {
  readonly id: Id;
  readonly name: string;
  readonly roles: readonly Role[];
}

export interface BalanceResource {
  readonly party: Id;
  readonly balances: readonly { readonly currency: string; readonly amount: string }[];
}

export interface CalendarResource {
  /** ISO 8601 with offset. */
  readonly now: string;
}

export interface OrderResource {
  readonly id: Id;
  readonly number: string;
  readonly line: number;
  readonly status: "Issued" | "Accepted" | "Fulfilled" | "Cancelled" | "Lapsed";
  readonly value: string;
  readonly accepted: string;
  readonly pending: string;
  readonly stored: string;
  readonly deliveries: readonly DeliveryResource[];
  readonly receivables: readonly ReceivableResource[];
  readonly receipts: readonly ReceiptResource[];
  readonly loan: LoanResource | null;
}

export interface ReceiptResource {
  readonly id: Id;
  readonly ticket: string;
  readonly quantity: string;
  readonly order: Id | null;
}

export interface SplitResource {
  readonly parent: ReceiptResource;
  readonly child: ReceiptResource;
}

export interface DeliveryResource {
  readonly order: Id;
  readonly number: number;
  readonly status: "Open" | "Recalled" | "Accepted";
  readonly quantity: string;
  readonly accepted: string;
  readonly receivable: Id | null;
}

interface PaymentResource {
  readonly amount: string;
  readonly toLender: string;
  readonly toHolder: string;
}

export interface ReceivableResource {
  readonly id: Id;
  readonly order: Id;
  readonly delivery: number;
  readonly amount: string;
  readonly outstanding: string;
  readonly contested: string;
  readonly dueDate: string;
  readonly status: string;
  readonly payments: readonly PaymentResource[];
}

export interface FacilityResource {
  readonly id: Id;
  readonly number: string;
  readonly limit: string;
  readonly drawn: string;
  readonly available: string;
  readonly status: string;
}

export interface QuoteResource {
  readonly facility: Id;
  readonly totalAvailable: string;
  readonly roots: readonly QuotedRoot[];
}

interface QuotedRoot {
  readonly order: Id;
  readonly borrowingBase: string;
  readonly principal: string;
  readonly interestDue: string;
  readonly available: string;
  /** Name of the rule that refuses any drawdown now; null where none does. */
  readonly refusal: string | null;
  readonly revision: number;
}

export interface LoanResource {
  readonly root: Id;
  readonly facility: Id | null;
  readonly status: string;
  readonly principal: string;
  readonly interestDue: string;
  readonly maturityDate: string | null;
  readonly revision: number;
}

export interface RepaymentResource {
  readonly taken: string;
  readonly interest: string;
  readonly principal: string;
  readonly loan: LoanResource;
}

/** One order of a batch: taken, or refused and why. */
export interface BatchResult {
  readonly index: number;
  readonly order?: { readonly id: Id };
  readonly problem?: { readonly code?: string; readonly title?: string; readonly detail?: string };
}

export interface BatchResource {
  readonly taken: number;
  readonly refused: number;
  readonly results: readonly BatchResult[];
}
