/** What a receivable's status and its days past due depend on. Money in minor units. */
export interface ReceivableState {
  /** Unpaid, contested included. */
  readonly outstanding: bigint;
  /** Held by an open contest. */
  readonly contested: bigint;
  readonly overdue: boolean;
  /** Paid so far; a debt that only a ruling has made smaller is not paid in part. */
  readonly paid: bigint;
  readonly dueDay: number;
}

export const receivableStatuses = [
  "Confirmed",
  "PartiallyPaid",
  "Settled",
  "Disputed",
  "Overdue",
] as const;
export type ReceivableStatus = (typeof receivableStatuses)[number];

/** The first that holds of Settled, Disputed, Overdue, PartiallyPaid, Confirmed. */
export function receivableStatus(state: ReceivableState): ReceivableStatus {
  if (state.outstanding === 0n) return "Settled";
  if (state.contested > 0n) return "Disputed";
  if (state.overdue) return "Overdue";
  return state.paid > 0n ? "PartiallyPaid" : "Confirmed";
}

/** What can be paid or collected, minor units. */
export function uncontested(state: Pick<ReceivableState, "outstanding" | "contested">): bigint {
  return state.outstanding - state.contested;
}

/** Civil days since the due day for which something uncontested is unpaid; 0 up to and on the due day. */
export function daysPastDue(
  state: Pick<ReceivableState, "outstanding" | "contested" | "dueDay">,
  today: number,
): number {
  return uncontested(state) === 0n ? 0 : Math.max(0, today - state.dueDay);
}
