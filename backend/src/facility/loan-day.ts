import { BadInput } from "../http/bad-input.ts";
import type { LoanRow } from "../lien/loan.entity.ts";
import { dateOf } from "../math/calendar.ts";

/**
 * A loan is on record as it stands: what it was before its last change, its statement tells.
 * @throws BadInput for a day before that
 */
export function requireNotBefore(today: number, loan: LoanRow | null): void {
  if (loan !== null && today < loan.accruedDay && loan.principal > 0n) {
    const day = dateOf(loan.accruedDay);
    throw BadInput.in("asOf", `must not be before ${day}, the last change of a loan it asks for`);
  }
}
