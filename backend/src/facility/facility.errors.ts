import { defineProblems } from "../http/problem-catalogue.ts";

defineProblems({
  UnknownFacility: {
    status: 404,
    title: "There is no such facility",
    says: "No facility has this id.",
  },
  InvalidFacilityTerm: {
    status: 422,
    title: "A term of the facility cannot be agreed",
    says: "{field} is not one that the contracts take.",
  },
  LimitNotLower: {
    status: 422,
    title: "The limit is not lower",
    says: "A limit can be lowered only; more is a new facility.",
  },
  FacilitySuspended: {
    status: 422,
    title: "The facility is suspended",
    says: "The lender has stopped drawdowns; what is drawn stays.",
  },
  FacilityClosed: {
    status: 422,
    title: "The facility is closed",
    says: "The lender has ended drawdowns for good.",
  },
  FacilityNotSuspended: {
    status: 422,
    title: "The facility is not suspended",
    says: "Drawdowns go on already.",
  },
  FacilityExpired: {
    status: 422,
    title: "The facility has expired",
    says: "Its last day for drawing has passed; what is drawn stays.",
  },
  LoanInDefault: {
    status: 422,
    title: "The loan is in default",
    says: "Nothing is drawn on a root whose loan is in default.",
  },
  FacilityInDefault: {
    status: 422,
    title: "Another loan of the facility is in default",
    says: "Until it is repaid nothing is drawn on any root of the facility.",
  },
  LoanPastMaturity: {
    status: 422,
    title: "The loan is past its maturity day",
    says: "Repay it; afterwards the root can be drawn on again.",
  },
  DebtorOverdue: {
    status: 422,
    title: "The buyer is overdue on this order",
    says: "The root draws nothing until the overdue receivable is settled.",
  },
  FacilityLimitExceeded: {
    status: 422,
    title: "The amount is beyond the facility's limit",
    says: "The limit binds the principal over all roots. The quote says what is left.",
  },
  BorrowingBaseExceeded: {
    status: 422,
    title: "The amount is beyond the borrowing base",
    says: "The order, its goods and its receivables do not carry this much. The quote says what they carry.",
  },
  LenderFundsUnavailable: {
    status: 422,
    title: "The lender's funds are not available",
    says: "The lender's account lacks the money, or its approval of the currency.",
  },
  NoLoan: { status: 422, title: "There is no loan on this root", says: "Nothing is owed on it." },
  AlreadyDefaulted: {
    status: 422,
    title: "Default was declared before",
    says: "The loan is in default already.",
  },
  NotInDefault: {
    status: 422,
    title: "The loan is not in default",
    says: "The lender may declare default when the grace after the maturity day has passed, and write off what is in default.",
  },
  AlreadyWrittenOff: {
    status: 422,
    title: "The loan was written off before",
    says: "The lender has written it off already; what is owed stays owed.",
  },
  PayeeNotApproved: {
    status: 422,
    title: "The facility does not pay to this account",
    says: "{payee} is none of its approved payees. Left out, the payee is the borrower's own account.",
  },
});

/** What the currency's own errors mean where the lender's money is drawn. */
export const lendersFunds: Readonly<Record<string, string>> = {
  ERC20InsufficientBalance: "LenderFundsUnavailable",
  ERC20InsufficientAllowance: "LenderFundsUnavailable",
};
