import { least, lessDownToZero, most, shareDown } from "./amounts.ts";

/** A payment on a receivable whose root carries a loan. Money in minor units. */
export interface PaymentOnLoan {
  readonly payment: bigint;
  readonly interestDue: bigint;
  readonly principal: bigint;
  /** Borrowing base after the payment. */
  readonly base: bigint;
  /** Share of the payment that goes to the loan before its turn. */
  readonly sweepBps: number;
  /** Past the maturity day or in default: the lender is made whole first. */
  readonly lenderFirst: boolean;
}

/** The lender's part of a payment; the rest is the holder's. Twin of `Waterfall.toLender`. */
export function toLender(on: PaymentOnLoan): bigint {
  const whole = least(on.interestDue + on.principal, on.payment);
  if (on.lenderFirst) return whole;
  const shortfall = lessDownToZero(on.principal, on.base);
  return least(whole, most(on.interestDue + shortfall, shareDown(on.payment, on.sweepBps)));
}

/** What the lender gets is interest first, then principal. */
export function interestFirst(
  amount: bigint,
  interestDue: bigint,
): { readonly interest: bigint; readonly principal: bigint } {
  const interest = least(amount, interestDue);
  return { interest, principal: amount - interest };
}
