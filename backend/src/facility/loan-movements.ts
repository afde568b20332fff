/** What has happened to a loan, in the order of the chain. Days are civil days, money minor units. */
export type LoanMovement =
  | { readonly kind: "Drawdown"; readonly day: number; readonly amount: bigint }
  | {
      /** Paid by somebody, or taken from a payment on a receivable. */
      readonly kind: "Repayment" | "Settlement";
      readonly day: number;
      readonly interest: bigint;
      readonly principal: bigint;
    }
  | { readonly kind: "MaturityBroughtForward"; readonly day: number; readonly maturityDay: number }
  | { readonly kind: "Default"; readonly day: number };

/**
 * Parts the movements on a root into its loans: the first drawdown after a loan was repaid starts the next one,
 * also on the same day.
 */
export function loansIn<Movement extends LoanMovement>(
  movements: readonly Movement[],
): Movement[][] {
  const loans: Movement[][] = [];
  let principal = 0n;
  for (const movement of movements) {
    if (principal === 0n) loans.push([]);
    loans.at(-1)?.push(movement);
    principal += principalOf(movement);
  }
  return loans;
}

/** By how much a movement raises the principal; below zero for what it takes off. */
function principalOf(movement: LoanMovement): bigint {
  switch (movement.kind) {
    case "Drawdown":
      return movement.amount;
    case "Repayment":
    case "Settlement":
      return -movement.principal;
    case "MaturityBroughtForward":
    case "Default":
      return 0n;
  }
}
