const bpsPerOne = 10_000n;

/** Rates of a loan, basis points a year; `rateBps` runs up to `maturityDay`, the day after it is the first to bear the other. */
export interface InterestTerms {
  readonly rateBps: number;
  readonly penaltyRateBps: number;
  readonly maturityDay: number;
}

/** Days between two civil days, parted at maturity: first day in, last day out. */
export function splitAtMaturity(
  fromDay: number,
  toDay: number,
  maturityDay: number,
): { readonly ordinary: number; readonly penalty: number } {
  const penaltyFrom = Math.min(Math.max(maturityDay, fromDay), toDay);
  return { ordinary: penaltyFrom - fromDay, penalty: toDay - penaltyFrom };
}

/**
 * The exact numerator on `toDay`: `numerator` + Σ principal × bps × days since `fromDay`. Twin of `Interest.accrue`.
 * @param principal minor units
 */
export function accrue(
  numerator: bigint,
  principal: bigint,
  fromDay: number,
  toDay: number,
  terms: InterestTerms,
): bigint {
  const days = splitAtMaturity(fromDay, toDay, terms.maturityDay);
  const bpsDays = days.ordinary * terms.rateBps + days.penalty * terms.penaltyRateBps;
  return numerator + principal * BigInt(bpsDays);
}

/** max(0, numerator ÷ (10,000 × dayBasis) rounded half up), minor units. Twin of `Interest.dueHalfUp`. */
export function interestDue(numerator: bigint, dayBasis: number): bigint {
  if (numerator <= 0n) return 0n;
  const unit = bpsPerOne * BigInt(dayBasis);
  return (numerator + unit / 2n) / unit;
}

/** The numerator after `interest` minor units were paid. Twin of `Interest.afterPayment`. */
export function afterPayment(numerator: bigint, interest: bigint, dayBasis: number): bigint {
  return numerator - interest * bpsPerOne * BigInt(dayBasis);
}
