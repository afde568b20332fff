import { least, lessDownToZero } from "../math/amounts.ts";
import {
  available,
  borrowingBase,
  drawdownRefusal,
  type AdvanceRates,
  type BaseOfRoot,
  type BorrowingBase,
  type DrawdownRefusal,
  type DrawdownState,
} from "../math/borrowing-base.ts";
import { accrue, interestDue } from "../math/interest.ts";
import { costOfDrawing, type DrawingCost } from "./drawing-cost.ts";

/** A facility as a quote looks at it. Rates in basis points, money in minor units, days civil. */
export interface QuotedFacility extends AdvanceRates {
  readonly id: string;
  readonly borrower: string;
  readonly buyer: string;
  readonly currency: string;
  readonly limit: bigint;
  readonly drawn: bigint;
  readonly defaults: number;
  readonly isOpen: boolean;
  readonly rateBps: number;
  readonly penaltyRateBps: number;
  readonly dayBasis: number;
  readonly tenorDays: number;
  readonly expiresDay: number;
}

/** Who could stand in the way of every drawdown. */
export interface Standing {
  readonly retired: boolean;
  readonly paused: boolean;
  readonly borrowerSuspended: boolean;
  readonly lenderSuspended: boolean;
}

/** The debt on a root, whoever lends it. */
export interface QuotedLoan {
  /** Facility that lends, or lent last. */
  readonly facility: string;
  readonly principal: bigint;
  readonly numerator: bigint;
  readonly accruedDay: number;
  readonly maturityDay: number;
  readonly isDefaulted: boolean;
}

/** An order that could carry a loan of the facility. */
export interface QuotedRoot extends BaseOfRoot {
  readonly order: string;
  readonly seller: string;
  readonly buyer: string;
  readonly currency: string;
  /** Accepted, Fulfilled or Lapsed. */
  readonly isFinanceable: boolean;
  readonly overdueCount: number;
  /** The debt on it; undefined where none is outstanding. */
  readonly loan: QuotedLoan | undefined;
  readonly revision: number;
}

export type QuoteRefusal = DrawdownRefusal | "FacilityLimitExceeded" | "BorrowingBaseExceeded";

/** What one root would bear now. Money in minor units. */
export interface RootQuote {
  readonly order: string;
  readonly base: BorrowingBase;
  /** Of this facility; another's debt on the root is that lender's business. */
  readonly principal: bigint;
  readonly interestDue: bigint;
  readonly available: bigint;
  /** The first check, in the order of the contracts, that refuses even the smallest amount. */
  readonly refusal: QuoteRefusal | undefined;
  readonly revision: number;
}

/**
 * What could be drawn on a root, as the contracts would answer.
 * @param time seconds
 * @param today the civil day of `time`
 */
export function quoteRoot(
  facility: QuotedFacility,
  standing: Standing,
  root: QuotedRoot,
  time: number,
  today: number,
): RootQuote {
  const base = borrowingBase(root, facility, time);
  const own = root.loan?.facility === facility.id ? root.loan : undefined;
  const principal = own?.principal ?? 0n;
  const state = drawdownState(facility, standing, root);
  const room = available(state, today, {
    base: base.total,
    principal,
    limit: facility.limit,
    drawn: facility.drawn,
  });
  return {
    order: root.order,
    base,
    principal,
    interestDue: own === undefined ? 0n : interestOf(facility, own, today),
    available: room,
    refusal: room > 0n ? undefined : (drawdownRefusal(state, today) ?? roomRefusal(facility)),
    revision: root.revision,
  };
}

/** What could be drawn on all roots together: the limit binds over all of them. */
export function totalAvailable(facility: QuotedFacility, roots: readonly RootQuote[]): bigint {
  const sum = roots.reduce((total, root) => total + root.available, 0n);
  return least(sum, lessDownToZero(facility.limit, facility.drawn));
}

/** Cost of drawing `amount` today until the loan's maturity; without a loan, until the one that it would start matures. */
export function quoteCost(
  facility: QuotedFacility,
  loan: QuotedLoan | undefined,
  amount: bigint,
  today: number,
): DrawingCost {
  const own = loan?.facility === facility.id ? loan : undefined;
  return costOfDrawing(amount, today, own?.maturityDay ?? today + facility.tenorDays, facility);
}

/** The check that would refuse this very amount; undefined where all pass. */
export function refusalOf(
  facility: QuotedFacility,
  root: RootQuote,
  amount: bigint,
): QuoteRefusal | undefined {
  if (root.available >= amount) return undefined;
  if (root.refusal !== undefined) return root.refusal;
  return amount > lessDownToZero(facility.limit, facility.drawn)
    ? "FacilityLimitExceeded"
    : "BorrowingBaseExceeded";
}

function drawdownState(
  facility: QuotedFacility,
  standing: Standing,
  root: QuotedRoot,
): DrawdownState {
  const { loan } = root;
  return {
    ...standing,
    facilityOpen: facility.isOpen,
    expiresDay: facility.expiresDay,
    isRightOrder:
      root.isFinanceable &&
      root.seller === facility.borrower &&
      root.buyer === facility.buyer &&
      root.currency === facility.currency,
    encumberedByAnother: loan !== undefined && loan.facility !== facility.id,
    loanInDefault: loan?.isDefaulted ?? false,
    facilityInDefault: facility.defaults > 0,
    maturityDay: loan?.facility === facility.id ? loan.maturityDay : undefined,
    debtorOverdue: root.overdueCount > 0,
  };
}

function roomRefusal(facility: QuotedFacility): QuoteRefusal {
  return facility.drawn >= facility.limit ? "FacilityLimitExceeded" : "BorrowingBaseExceeded";
}

function interestOf(facility: QuotedFacility, loan: QuotedLoan, today: number): bigint {
  const { numerator, principal, accruedDay } = loan;
  const terms = { ...facility, maturityDay: loan.maturityDay };
  return interestDue(accrue(numerator, principal, accruedDay, today, terms), facility.dayBasis);
}
