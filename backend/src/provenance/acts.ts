/** How an event of the record is told to a person. */
export interface ActDescription {
  readonly title: string;
  /** Argument that names who acted; without one it is whoever acted in the same transaction. */
  readonly by?: string;
  /** Arguments in minor units whose sum is the amount. */
  readonly amount?: readonly string[];
  /** Argument in thousandths. */
  readonly quantity?: string;
  /** Title where this flag is set. */
  readonly where?: readonly [flag: string, title: string];
}

/**
 * The acts of the trade, by the name of their event. Records of counters and of ERC-20 are not told: an act says what
 * has happened.
 */
const acts: Readonly<Record<string, ActDescription>> = {
  OrderIssued: { title: "Order issued", by: "buyer", quantity: "terms.quantity" },
  OrderAccepted: { title: "Order accepted", by: "by" },
  CancellationRequested: { title: "Cancellation asked for", by: "by" },
  OrderCancelled: { title: "Order cancelled", by: "by" },
  OrderLapsed: { title: "Order lapsed", by: "by" },

  ReceiptIssued: { title: "Goods stored", by: "warehouse", quantity: "terms.quantity" },
  Earmarked: { title: "Receipt earmarked", by: "by" },
  Unearmarked: { title: "Earmark taken off", by: "by" },
  ReleaseConsented: { title: "Release consented to", by: "by" },
  ReceiptSplit: { title: "Receipt split", by: "by", quantity: "quantity" },
  ReceiptMerged: { title: "Receipts merged", by: "by", quantity: "quantity" },
  Endorsed: { title: "Receipt endorsed", by: "from" },
  Withdrawn: { title: "Goods withdrawn", by: "by", quantity: "quantity" },
  Shrunk: { title: "Loss recorded", by: "by", quantity: "quantity" },

  Despatched: { title: "Goods despatched", by: "by", quantity: "quantity" },
  Recalled: { title: "Despatch recalled", by: "by" },
  DeliveryAccepted: {
    title: "Delivery accepted",
    by: "by",
    quantity: "accepted",
    amount: ["amount"],
    where: ["deemed", "Delivery deemed accepted"],
  },
  DeliveryReturned: { title: "Goods weighed in again", quantity: "quantity" },

  ReceivableConfirmed: { title: "Receivable confirmed", amount: ["amount"] },
  ReceivablePaid: {
    title: "Receivable paid",
    by: "by",
    amount: ["amount"],
    where: ["collected", "Receivable collected"],
  },
  HolderCouldNotReceive: { title: "Holder could not receive", amount: ["amount"] },
  ReceivableAssigned: { title: "Receivable sold", by: "to", amount: ["price"] },
  ReceivableOverdue: { title: "Receivable overdue" },
  Contested: { title: "Amount contested", by: "by", amount: ["amount"] },
  Ruled: { title: "Contest ruled on", by: "by", amount: ["upheld"] },
  ContestLifted: { title: "Contest expired" },

  DrawnDown: { title: "Loan drawn", by: "borrower", amount: ["amount"] },
  LienPlaced: { title: "Lien placed", by: "lender" },
  Repaid: { title: "Loan repaid", by: "by", amount: ["interest", "principal"] },
  LoanSettled: { title: "Loan repaid from a payment", amount: ["interest", "principal"] },
  LoanDefaulted: { title: "Default declared", by: "by" },
  LoanWrittenOff: { title: "Loan written off", by: "by" },
  MaturityBroughtForward: { title: "Maturity brought forward" },
  LienReleased: { title: "Lien released" },
};

export const actNames: readonly string[] = Object.keys(acts);

/** @returns undefined for an event that is no act */
export function actOf(event: string): ActDescription | undefined {
  return acts[event];
}

/** How an argument is written for a person, by its name: the contracts' names have one meaning each. */
export type ArgumentKind = "money" | "quantity" | "day" | "time" | "plain";

const kinds: Readonly<Record<string, ArgumentKind>> = {
  amount: "money",
  toLender: "money",
  toHolder: "money",
  price: "money",
  outstanding: "money",
  interest: "money",
  principal: "money",
  upheld: "money",
  drawn: "money",
  quantity: "quantity",
  accepted: "quantity",
  rejected: "quantity",
  liability: "quantity",
  acceptedDay: "day",
  dueDay: "day",
  maturityDay: "day",
  arrivesBy: "time",
};

export function argumentKind(name: string): ArgumentKind {
  return kinds[name] ?? "plain";
}
