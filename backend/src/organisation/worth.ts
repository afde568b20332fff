/**
 * The kinds of acts that an organisation can set a limit for: those that bind it to money or goods, give them away, or
 * say who is to have them.
 */
export const actKinds = [
  /** Issuing orders, one or a batch. */
  "order",
  /** Accepting a delivery, which makes a receivable. */
  "acceptance",
  /** Opening a facility, worth its limit. */
  "facility",
  "drawdown",
  /** Of a receivable. */
  "payment",
  /** Of a loan. */
  "repayment",
  /** Selling a receivable, worth what is outstanding of it. */
  "assignment",
  /** Upholding some of what is contested. */
  "ruling",
  /** Naming an account where money goes from then on; it has no amount, and waits in any case. */
  "payee",
  /** Proposing a key to sign for a party; likewise. */
  "key",
  /** Letting a party in, or in again, or a warehouse have room; no amount. */
  "admission",
  /** Giving goods away: endorsing or withdrawing them, or letting them go from a lien; no amount. */
  "goods",
] as const;
export type ActKind = (typeof actKinds)[number];

const redirections: readonly ActKind[] = ["payee", "key"];

interface WorthAmount {
  readonly token: string;
  readonly symbol: string;
  readonly decimals: number;
  /** Minor units. */
  readonly amount: bigint;
}

/** What is at stake with a request, all of its acts together: one amount for each currency. */
export interface Worth {
  readonly kind: ActKind;
  readonly amounts: readonly WorthAmount[];
  /** Whether it says where money goes, or who signs: no limit lets one person do that alone. */
  readonly redirects: boolean;
}

export interface LimitCurrency {
  readonly token: string;
  readonly symbol: string;
  readonly decimals: number;
}

/** Adds up amounts of several acts. */
export function worthOf(
  kind: ActKind,
  amounts: readonly (readonly [LimitCurrency, bigint])[] = [],
): Worth {
  const sums = new Map<string, WorthAmount>();
  for (const [{ token, symbol, decimals }, amount] of amounts) {
    const before = sums.get(token)?.amount ?? 0n;
    sums.set(token, { token, symbol, decimals, amount: before + amount });
  }
  return { kind, amounts: [...sums.values()], redirects: redirections.includes(kind) };
}
