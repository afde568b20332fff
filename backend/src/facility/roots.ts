import type { LoanRow } from "../lien/loan.entity.ts";
import type { OrderRow } from "../order/order.entity.ts";
import type { FacilityRow } from "./facility.entity.ts";
import type { QuotedFacility, QuotedLoan, QuotedRoot } from "./quote.ts";

// What the read model has, as a quote looks at it.

export function quotedFacility(row: FacilityRow): QuotedFacility {
  const { status, ...same } = row;
  return { ...same, isOpen: status === "Open" };
}

/** @param loan the root's row; null where no money has ever moved on it */
export function quotedRoot(order: OrderRow, loan: LoanRow | null): QuotedRoot {
  const { seller, buyer, currency, quantity, unitPrice, deliverBy, overdueCount } = order;
  const { accepted, pending, stored, owed } = order;
  return {
    order: order.id,
    seller,
    buyer,
    currency,
    isFinanceable: order.status === "Accepted" || order.status === "Lapsed",
    isAccepted: order.status === "Accepted",
    quantity,
    unitPrice,
    deliverBy,
    accepted,
    pending,
    stored,
    owed,
    overdueCount,
    loan: loan === null ? undefined : quotedLoan(loan),
    revision: loan?.revision ?? 0,
  };
}

function quotedLoan(row: LoanRow): QuotedLoan | undefined {
  const { facility, maturityDay, principal, numerator, accruedDay } = row;
  if (principal === 0n || facility === null || maturityDay === null) return undefined;
  const isDefaulted = row.defaultedDay !== null;
  return { facility, principal, numerator, accruedDay, maturityDay, isDefaulted };
}
