import { DomainError } from "../chain/domain-error.ts";
import { formatDecimal } from "../http/decimal.ts";
import { dateOf } from "../math/calendar.ts";

type Unit = "money" | "day";

/** Values that refusals carry in minor units or as a civil day's number, by the error's name. */
const units: Readonly<Record<string, Readonly<Record<string, Unit>>>> = {
  PayerFundsUnavailable: { amount: "money" },
  Overpayment: { asked: "money", payable_: "money" },
  ContestTooLarge: { asked: "money", limit: "money" },
  ContestTooLate: { lastDay: "day", today: "day" },
  ContestExpired: { lastDay: "day", today: "day" },
  NotDue: { dueDay: "day", today: "day" },
  LimitNotLower: { asked: "money", limit: "money" },
  FacilityLimitExceeded: { asked: "money", room: "money" },
  BorrowingBaseExceeded: { asked: "money", room: "money" },
  FacilityExpired: { expiresDay: "day", today: "day" },
  LoanPastMaturity: { maturityDay: "day", today: "day" },
  NotInDefault: { from: "day", today: "day" },
};

/** Of a payment, whose state is its outstanding amount. */
export const staleAmount: Readonly<Record<string, Unit>> = { expected: "money", actual: "money" };

/**
 * Writes a refusal's values as the rest of the API does: money in major units, days as dates.
 * @param decimals the currency's
 * @param stale what the values of `StaleState` are, where they are no count
 */
export async function withReadableRefusals<T>(
  work: Promise<T>,
  decimals: number,
  stale: Readonly<Record<string, Unit>> = {},
): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const known = error.code === "StaleState" ? stale : (units[error.code] ?? {});
    const values = Object.entries(error.values).map(([name, value]) => [
      name,
      written(value, known[name], decimals),
    ]);
    throw new DomainError(
      error.code,
      Object.fromEntries(values) as Record<string, unknown>,
      error.command,
    );
  }
}

function written(value: unknown, unit: Unit | undefined, decimals: number): unknown {
  if (typeof value !== "string" || !/^\d+$/.test(value) || unit === undefined) return value;
  return unit === "money" ? formatDecimal(BigInt(value), decimals) : dateOf(Number(value));
}
