/** Days of a year, and basis points of one. */
const dayBasis = 360n;
const bpsPerOne = 10_000n;

/** What a payment on a loan is: interest first. Minor units. */
export interface LoanPayment {
  readonly interest: bigint;
  readonly principal: bigint;
}

/** A loan by the campaign's own reckoning, before its maturity: simple interest, actual days over 360, rounded half up. */
export class LoanBook {
  #principal = 0n;
  /** Σ principal × basis points × days, less what was paid of it. */
  #numerator = 0n;
  #since = 0;

  constructor(private readonly rateBps: bigint) {}

  draw(day: number, amount: bigint): void {
    this.#accrue(day);
    this.#principal += amount;
  }

  /** Up to `most` of what is due. */
  pay(day: number, most: bigint): LoanPayment {
    this.#accrue(day);
    const unit = bpsPerOne * dayBasis;
    const due = (this.#numerator + unit / 2n) / unit;
    const interest = due < most ? due : most;
    const rest = most - interest;
    const principal = this.#principal < rest ? this.#principal : rest;
    this.#numerator -= interest * unit;
    this.#principal -= principal;
    return { interest, principal };
  }

  #accrue(day: number): void {
    this.#numerator += this.#principal * this.rateBps * BigInt(day - this.#since);
    this.#since = day;
  }
}
