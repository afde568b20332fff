import type { FacilityOffer } from "../api/terms.ts";

/** Who takes part in every story; `anyone` is an address without a role. */
export const partyNames = [
  "buyer",
  "cooperative",
  "warehouse",
  "arbiter",
  "lender",
  "lender2",
  "anyone",
] as const;
export type PartyName = (typeof partyNames)[number];

export const lenderNames = ["lender", "lender2"] as const;
type LenderName = (typeof lenderNames)[number];

/** Terms of a facility for the story's buyer and cooperative. */
export interface FacilityStory extends FacilityOffer {
  lender: LenderName;
  /** Civil day, the last one on which it can be drawn. */
  expiresDay: number;
}

/**
 * Terms of an order. `quantity` in thousandths, `unitPrice` in hundredths of a minor unit,
 * `deliverBy` in seconds.
 */
export interface OrderStory {
  quantity: bigint;
  unit: string;
  unitPrice: bigint;
  deliverBy: bigint;
  paymentDays: number;
  inspectionDays: number;
}

interface OfDelivery {
  order: string;
  delivery: number;
}

/** What a step does. Amounts in minor units, quantities in thousandths, times in seconds. */
export type Act =
  | { do: "drawDown"; facility: string; order: string; amount: bigint }
  | { do: "suspendFacility"; facility: string }
  | { do: "repay"; order: string; amount: bigint }
  | { do: "declareDefault" | "lapse"; order: string }
  | { do: "issueReceipt"; receipt: string; quantity: bigint; returned: OfDelivery | null }
  | { do: "earmark"; receipt: string; order: string }
  | { do: "unearmark"; receipt: string }
  | { do: "split"; receipt: string; into: string; quantity: bigint }
  | { do: "merge"; receipt: string; into: string }
  | { do: "withdraw" | "shrink"; receipt: string; quantity: bigint }
  | (OfDelivery & { do: "despatch"; receipt: string | null; quantity: bigint; arriveBy: bigint })
  | (OfDelivery & { do: "accept"; quantity: bigint })
  | (OfDelivery & { do: "recall" | "deemAccepted" })
  | (OfDelivery & { do: "collect" })
  | (OfDelivery & { do: "pay" | "contest"; amount: bigint })
  | (OfDelivery & { do: "rule"; upheld: bigint });

export type ActOf<Kind extends Act["do"]> = Extract<Act, { do: Kind }>;

export interface Step {
  /** Seconds: the timestamp of the block that the step is mined in. */
  at: bigint;
  by: PartyName;
  act: Act;
  expect: Expectation;
}

export interface Expectation {
  /** Name of the error that refuses the step; null where it has to succeed. */
  error: string | null;
  state: State;
}

/** Everything that a story compares after a step, as it is written: decimal strings and dates. */
export interface State {
  cash: Partial<Record<PartyName, string>>;
  facilities: Record<string, { drawn: string }>;
  receipts: Record<string, ReceiptState>;
  orders: Record<string, OrderState>;
}

export interface ReceiptState {
  quantity: string;
  /** The order that it is earmarked for; absent where it is for none. */
  order?: string;
}

export interface OrderState {
  status: string;
  stored: string;
  pending: string;
  accepted: string;
  loan: LoanState;
  /** By facility. */
  borrowingBase: Record<string, string>;
  availability: Record<string, string>;
  /** By delivery number. */
  receivables: Record<string, ReceivableState>;
}

export interface LoanState {
  status: string;
  principal: string;
  interestDue: string;
  /** Absent, as `maturityDate` is, where there has been no loan. */
  facility?: string;
  maturityDate?: string;
}

export interface ReceivableState {
  outstanding: string;
  contested: string;
  dueDate: string;
  status: string;
}

export interface Story {
  name: string;
  level: number;
  /** Opening balances, minor units. */
  cash: ReadonlyMap<PartyName, bigint>;
  facilities: ReadonlyMap<string, FacilityStory>;
  orders: ReadonlyMap<string, OrderStory>;
  issuedAt: bigint;
  steps: readonly Step[];
}
