import { interestDue } from "../math/interest.ts";

/** What drawing an amount costs, if it is repaid on the maturity day and not before. Money in minor units. */
export interface DrawingCost {
  readonly amount: bigint;
  readonly maturityDay: number;
  /** Nights from the drawdown to the maturity day. */
  readonly days: number;
  /** Rounded half up to the minor unit. */
  readonly interest: bigint;
  readonly toRepay: bigint;
  /**
   * interest × 365 ÷ (amount × days) in basis points, simple interest on a year of 365 days whatever the facility's
   * day basis; exact decimal text with two places, rounded half up. There are no fees, so it is all-in.
   */
  readonly allInYearlyRateBps: string;
}

/** @throws RangeError for an amount that is not positive */
export function costOfDrawing(
  amount: bigint,
  today: number,
  maturityDay: number,
  terms: { readonly rateBps: number; readonly dayBasis: number },
): DrawingCost {
  if (amount <= 0n) throw new RangeError("A drawdown is positive.");
  const days = Math.max(0, maturityDay - today);
  const interest = interestDue(amount * BigInt(terms.rateBps) * BigInt(days), terms.dayBasis);
  return {
    amount,
    maturityDay,
    days,
    interest,
    toRepay: amount + interest,
    allInYearlyRateBps: yearlyRateBps(interest, amount, days),
  };
}

const daysPerYear = 365n;
const bpsPerOne = 10_000n;

function yearlyRateBps(interest: bigint, amount: bigint, days: number): string {
  if (days === 0) return "0.00";
  const divisor = amount * BigInt(days);
  const hundredths = (interest * daysPerYear * bpsPerOne * 100n * 2n + divisor) / (divisor * 2n);
  return `${(hundredths / 100n).toString()}.${(hundredths % 100n).toString().padStart(2, "0")}`;
}
