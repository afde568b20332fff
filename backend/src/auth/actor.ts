import { createParamDecorator, type ExecutionContext } from "@nestjs/common";

/** What a party may be. */
export const roleNames = ["buyer", "cooperative", "warehouse", "lender", "arbiter"] as const;
export type PartyRole = (typeof roleNames)[number];
/** Who administers, and is no party: admits; suspends and pauses; cancels what has been scheduled. */
export const officeNames = ["operator", "supervisor", "guardian"] as const;
export type Office = (typeof officeNames)[number];
export type Role = PartyRole | Office;

/** What a person may do in a party's name; each may also do what those before may. */
export const ranks = [
  /** Reads. */
  "viewer",
  /** Has acts done; above the organisation's limits they wait for an approver. */
  "maker",
  /** Approves what others have made. */
  "approver",
  /** Holds the party's own key, and needs nobody. */
  "owner",
] as const;
export type Rank = (typeof ranks)[number];

/** What an API key may be used for; reading is open to all of them. */
export const scopes = [
  "read",
  "orders",
  "receipts",
  "finance",
  "administration",
  "provenance",
] as const;
export type Scope = (typeof scopes)[number];

/** The person who acts in a party's name. */
export interface Person {
  /** The account with which the person signs in. */
  readonly account: string;
  readonly rank: Rank;
  /** The API key that the person has given to a machine, where that is calling. */
  readonly apiKey?: {
    readonly id: string;
    readonly scopes: readonly Scope[];
    /** Whether it came with the secret from before its rotation. */
    readonly isFormer?: boolean;
  };
}

/** Who calls: an admitted party, or an office. */
export interface Actor {
  /** The party's stable id; of an office, its account. */
  readonly id: string;
  /** The account that signs. */
  readonly key: string;
  readonly roles: readonly Role[];
  /** Undefined for what the backend does by itself. */
  readonly person?: Person;
}

/** What the guard leaves with a request. */
export interface Authenticated {
  actor?: Actor;
}

/** The signed-in caller of a route that is not public. */
export const By = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<Authenticated>();
  if (actor === undefined) throw new Error("A public route has no caller.");
  return actor;
});

/** Whether a rank is at least another one. */
export function ranksAs(rank: Rank, least: Rank): boolean {
  return ranks.indexOf(rank) >= ranks.indexOf(least);
}

export function isOperator(actor: Actor): boolean {
  return actor.roles.includes("operator");
}
