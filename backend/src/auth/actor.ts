import { createParamDecorator, type ExecutionContext } from "@nestjs/common";

/** What a party may be; `operator` administers and is no party. */
export const roleNames = ["buyer", "cooperative", "warehouse", "lender", "arbiter"] as const;
export type PartyRole = (typeof roleNames)[number];
export type Role = PartyRole | "operator";

/** Who calls: an admitted party, or the operator. */
export interface Actor {
  /** The party's stable id; of the operator, administration's account. */
  readonly id: string;
  /** The account that signs. */
  readonly key: string;
  readonly roles: readonly Role[];
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

export function isOperator(actor: Actor): boolean {
  return actor.roles.includes("operator");
}
