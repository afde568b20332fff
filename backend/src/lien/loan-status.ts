/** What a loan's status depends on. */
export interface LoanState {
  /** Facility that lends, or lent last; null where there never was a loan. */
  readonly facility: string | null;
  /** Minor units. */
  readonly principal: bigint;
  readonly maturityDay: number | null;
  readonly defaultedDay: number | null;
}

export const loanStatuses = ["None", "Active", "Defaulted", "Repaid"] as const;
export type LoanStatus = (typeof loanStatuses)[number];

export function loanStatus(loan: LoanState): LoanStatus {
  if (loan.facility === null) return "None";
  if (loan.principal === 0n) return "Repaid";
  return loan.defaultedDay === null ? "Active" : "Defaulted";
}

/** Civil days since the maturity day for which principal is owed; 0 up to and on the maturity day. */
export function loanDaysPastDue(loan: LoanState, today: number): number {
  const { maturityDay, principal } = loan;
  return maturityDay === null || principal === 0n ? 0 : Math.max(0, today - maturityDay);
}
