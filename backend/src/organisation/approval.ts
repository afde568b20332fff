import { In, type EntityManager } from "typeorm";
import type { Actor } from "../auth/actor.ts";
import { zeroAddress } from "../chain/hex.ts";
import { ApprovalLimitRow } from "./approval-limit.entity.ts";
import { DayLimitRow } from "./day-limit.entity.ts";
import { PersonRow } from "./person.entity.ts";
import type { ActKind, Worth } from "./worth.ts";

type Limit = Readonly<Pick<ApprovalLimitRow, "kind" | "currency" | "amount">>;

/**
 * Whether a worth is beyond the limits: those of its kind, and those of any kind in currencies that it has none for.
 * What says where money goes is beyond them even where there are none.
 */
export function isBeyond(limits: readonly Limit[], { kind, amounts, redirects }: Worth): boolean {
  if (redirects) return true;
  const limit = (currency: string): Limit | undefined =>
    limits.find((each) => each.kind === kind && each.currency === currency) ??
    limits.find((each) => each.kind === "any" && each.currency === currency);
  if (limit(zeroAddress) !== undefined) return true;
  return amounts.some(({ token, amount }) => {
    const most = limit(token)?.amount;
    return most !== undefined && amount > most;
  });
}

/** What was at stake with a request that needed no second person. */
export interface Moved {
  readonly kind: ActKind;
  readonly amounts: readonly { readonly token: string; readonly amount: string }[];
}

/**
 * Whether a worth, together with what has been moved on the day, is beyond the limits of a day: those of its kind, which
 * count that kind, and those of any kind, which count all that have none of their own in the currency.
 */
export function isBeyondDay(
  limits: readonly Limit[],
  { kind, amounts }: Pick<Worth, "kind" | "amounts">,
  moved: readonly Moved[],
): boolean {
  const limitOf = (of: ActKind, currency: string): Limit | undefined =>
    limits.find((each) => each.kind === of && each.currency === currency) ??
    limits.find((each) => each.kind === "any" && each.currency === currency);
  return amounts.some(({ token, amount }) => {
    const limit = limitOf(kind, token);
    if (limit === undefined) return false;
    const before = moved
      .filter((each) => limitOf(each.kind, token) === limit)
      .flatMap((each) => each.amounts)
      .filter((each) => each.token === token)
      .reduce((sum, each) => sum + BigInt(each.amount), 0n);
    return before + amount > limit.amount;
  });
}

/**
 * Whether what this person wants has to wait for another one. Whoever holds the party's own key needs nobody.
 * @param movedToday by the organisation's people, without a second one; asked for where a limit of a day needs it
 */
export async function waitsForApproval(
  manager: EntityManager,
  { id, person }: Actor,
  worth: Worth | undefined,
  movedToday: () => Promise<readonly Moved[]>,
): Promise<boolean> {
  if (worth === undefined || person === undefined || person.rank === "owner") return false;
  if (isBeyond(await manager.findBy(ApprovalLimitRow, { party: id }), worth)) return true;
  const limits = await manager.findBy(DayLimitRow, { party: id });
  return limits.length > 0 && isBeyondDay(limits, worth, await movedToday());
}

/** What of a command its approval is about. */
export interface Approvable {
  readonly party: string;
  /** The party's own key. */
  readonly key: string;
  readonly approvalEnds: number | null;
  readonly approvedBy: string | null;
}

/** Whether a command needs no approval, or has that of somebody who may still give it. */
export async function isApproved(manager: EntityManager, command: Approvable): Promise<boolean> {
  const { party, key, approvalEnds, approvedBy } = command;
  if (approvalEnds === null) return true;
  if (approvedBy === null) return false;
  if (approvedBy === key) return true;
  const rank = In(["approver", "owner"]);
  return manager.existsBy(PersonRow, { party, account: approvedBy, rank });
}
