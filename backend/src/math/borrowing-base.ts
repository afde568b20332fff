import { least, lessDownToZero, shareDown, valueHalfUp } from "./amounts.ts";

/** What the base of a root depends on. Quantities in thousandths, `unitPrice` in hundredths of a minor unit. */
export interface BaseOfRoot {
  /** On chain `Accepted`; the read model's `Fulfilled` has nothing left and counts the same. */
  readonly isAccepted: boolean;
  readonly quantity: bigint;
  readonly unitPrice: bigint;
  /** Seconds. */
  readonly deliverBy: number;
  readonly accepted: bigint;
  readonly pending: bigint;
  readonly stored: bigint;
  /** Minor units. */
  readonly owed: bigint;
}

export interface AdvanceRates {
  readonly orderAdvanceBps: number;
  readonly storedAdvanceBps: number;
  readonly acceptedAdvanceBps: number;
}

/** The base by stage, minor units; `total` is what `BorrowingBase.at` answers. */
export interface BorrowingBase {
  readonly order: bigint;
  readonly stored: bigint;
  readonly accepted: bigint;
  readonly total: bigint;
}

/** @param time seconds */
export function borrowingBase(root: BaseOfRoot, rates: AdvanceRates, time: number): BorrowingBase {
  const live = root.isAccepted && time <= root.deliverBy;
  const remaining = live ? root.quantity - root.accepted : 0n;
  const inStore = least(root.stored, lessDownToZero(remaining, root.pending));
  const stored = shareDown(valueHalfUp(inStore, root.unitPrice), rates.storedAdvanceBps);
  const order = shareDown(valueHalfUp(remaining - inStore, root.unitPrice), rates.orderAdvanceBps);
  const accepted = shareDown(root.owed, rates.acceptedAdvanceBps);
  return { order, stored, accepted, total: order + stored + accepted };
}

/** The names of the checks of a drawdown that come before its amount, in their order. */
export type DrawdownRefusal =
  | "Retired"
  | "Paused"
  | "PartySuspended"
  | "FacilitySuspended"
  | "FacilityExpired"
  | "WrongOrder"
  | "Encumbered"
  | "LoanInDefault"
  | "FacilityInDefault"
  | "LoanPastMaturity"
  | "DebtorOverdue";

/** What those checks look at; days are civil days. */
export interface DrawdownState {
  readonly retired: boolean;
  readonly paused: boolean;
  readonly borrowerSuspended: boolean;
  readonly lenderSuspended: boolean;
  readonly facilityOpen: boolean;
  readonly expiresDay: number;
  /** Accepted, Fulfilled or Lapsed, and of the facility's seller, buyer and currency. */
  readonly isRightOrder: boolean;
  readonly encumberedByAnother: boolean;
  readonly loanInDefault: boolean;
  readonly facilityInDefault: boolean;
  /** Undefined where this facility has no loan on the root. */
  readonly maturityDay: number | undefined;
  readonly debtorOverdue: boolean;
}

/** The first check that refuses a drawdown on `today`, whatever its amount. Twin of `Facilities.drawDown`. */
export function drawdownRefusal(state: DrawdownState, today: number): DrawdownRefusal | undefined {
  const checks: readonly (readonly [boolean, DrawdownRefusal])[] = [
    [state.retired, "Retired"],
    [state.paused, "Paused"],
    [state.borrowerSuspended || state.lenderSuspended, "PartySuspended"],
    [!state.facilityOpen, "FacilitySuspended"],
    [today > state.expiresDay, "FacilityExpired"],
    [!state.isRightOrder, "WrongOrder"],
    [state.encumberedByAnother, "Encumbered"],
    [state.loanInDefault, "LoanInDefault"],
    [state.facilityInDefault, "FacilityInDefault"],
    [state.maturityDay !== undefined && today > state.maturityDay, "LoanPastMaturity"],
    [state.debtorOverdue, "DebtorOverdue"],
  ];
  return checks.find(([refuses]) => refuses)?.[1];
}

/** What could be drawn now, minor units: 0 where a check before the amount would refuse. */
export function available(
  state: DrawdownState,
  today: number,
  money: {
    readonly base: bigint;
    readonly principal: bigint;
    readonly limit: bigint;
    readonly drawn: bigint;
  },
): bigint {
  if (drawdownRefusal(state, today) !== undefined) return 0n;
  return least(
    lessDownToZero(money.limit, money.drawn),
    lessDownToZero(money.base, money.principal),
  );
}
