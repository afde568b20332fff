import { afterPayment, interestDue, splitAtMaturity } from "../math/interest.ts";
import type { LoanMovement } from "./loan-movements.ts";

/** What a statement has to know of the facility. Rates in basis points a year. */
export interface StatementTerms {
  readonly rateBps: number;
  readonly penaltyRateBps: number;
  /** 360 or 365. */
  readonly dayBasis: number;
  readonly tenorDays: number;
}

/**
 * A day of a loan. Money in minor units.
 *
 * A night's interest stands on the day after it, so that each line adds up by itself:
 * `closingPrincipal = openingPrincipal + drawn − repaid` and
 * `interestDue = interestDue of the day before + interest − interestPaid`.
 */
export interface StatementLine {
  readonly day: number;
  readonly openingPrincipal: bigint;
  readonly drawn: bigint;
  readonly repaid: bigint;
  readonly closingPrincipal: bigint;
  /** Rate of the night before: from the day after maturity on the penalty rate. */
  readonly rateBps: number;
  /** Opening principal × rate of the night before: minor units × basis points × days, exact. */
  readonly interestNumerator: bigint;
  /** By how much the rounded interest of the loan's whole life has grown since the day before. */
  readonly interest: bigint;
  /** Interest of the loan's whole life up to this day, rounded half up once. */
  readonly interestAccrued: bigint;
  readonly interestPaid: bigint;
  /** Accrued and not paid at the end of the day: what the contracts answer for it. */
  readonly interestDue: bigint;
  /** The day up to which the interest rate runs, as it stands at the end of the day. */
  readonly maturityDay: number;
  readonly inDefault: boolean;
}

/** Sums over the lines that are shown. */
export interface StatementTotals {
  readonly drawn: bigint;
  readonly repaid: bigint;
  readonly interest: bigint;
  readonly interestPaid: bigint;
}

interface Running {
  principal: bigint;
  /** Σ principal × rate × days, payments not taken off. */
  accrued: bigint;
  paid: bigint;
  maturityDay: number;
  inDefault: boolean;
}

/**
 * A loan day by day, from its first drawdown to `toDay` or to the day on which it was repaid, whichever is first.
 * @param movements of one loan, from its first drawdown on; those after `toDay` are left out
 */
export function statementOf(
  terms: StatementTerms,
  movements: readonly LoanMovement[],
  toDay: number,
): StatementLine[] {
  const [first] = movements;
  if (first === undefined) return [];
  const running: Running = {
    principal: 0n,
    accrued: 0n,
    paid: 0n,
    maturityDay: first.day + terms.tenorDays,
    inDefault: false,
  };
  const lines: StatementLine[] = [];
  let next = 0;
  for (let day = first.day; day <= toDay; day += 1) {
    const until = movements.findIndex((movement, index) => index >= next && movement.day > day);
    const end = until === -1 ? movements.length : until;
    lines.push(lineOf(terms, running, day, movements.slice(next, end)));
    next = end;
    if (running.principal === 0n) break;
  }
  return lines;
}

export function totalsOf(lines: readonly StatementLine[]): StatementTotals {
  const sum = (column: keyof StatementTotals): bigint =>
    lines.reduce((total, line) => total + line[column], 0n);
  return {
    drawn: sum("drawn"),
    repaid: sum("repaid"),
    interest: sum("interest"),
    interestPaid: sum("interestPaid"),
  };
}

/** Brings `running` to the end of `day`. */
function lineOf(
  terms: StatementTerms,
  running: Running,
  day: number,
  today: readonly LoanMovement[],
): StatementLine {
  const { dayBasis } = terms;
  const openingPrincipal = running.principal;
  const night = splitAtMaturity(day - 1, day, running.maturityDay);
  const rateBps = night.penalty > 0 ? terms.penaltyRateBps : terms.rateBps;
  const interestNumerator = openingPrincipal * BigInt(rateBps);
  const accruedBefore = interestDue(running.accrued, dayBasis);
  running.accrued += interestNumerator;
  const interestAccrued = interestDue(running.accrued, dayBasis);
  const paidBefore = running.paid;
  let drawn = 0n;
  let repaid = 0n;
  for (const movement of today) {
    switch (movement.kind) {
      case "Drawdown":
        drawn += movement.amount;
        break;
      case "Repayment":
      case "Settlement":
        repaid += movement.principal;
        running.paid += movement.interest;
        break;
      case "MaturityBroughtForward":
        running.maturityDay = movement.maturityDay;
        break;
      case "Default":
        running.inDefault = true;
        break;
    }
  }
  running.principal += drawn - repaid;
  return {
    day,
    openingPrincipal,
    drawn,
    repaid,
    closingPrincipal: running.principal,
    rateBps,
    interestNumerator,
    interest: interestAccrued - accruedBefore,
    interestAccrued,
    interestPaid: running.paid - paidBefore,
    interestDue: interestDue(afterPayment(running.accrued, running.paid, dayBasis), dayBasis),
    maturityDay: running.maturityDay,
    inDefault: running.inDefault,
  };
}
