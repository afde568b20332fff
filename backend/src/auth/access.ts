import { applyDecorators, SetMetadata } from "@nestjs/common";
import { ApiBearerAuth } from "@nestjs/swagger";
import type { Rank, Role, Scope } from "./actor.ts";

export const publicRoute = Symbol("public");
export const rolesOfRoute = Symbol("roles");
export const scopeOfRoute = Symbol("scope");
export const personsOfRoute = Symbol("persons");
export const anyMachine = Symbol("any machine");
export const costOfRoute = Symbol("cost");
export const signInRoute = Symbol("sign-in");

/** Opens a route to anyone: every other route is closed. */
export function Public(): MethodDecorator & ClassDecorator {
  return SetMetadata(publicRoute, true);
}

/** Only callers with one of these roles, as they are on chain; without it, any who is signed in. */
export function Roles(...roles: readonly Role[]): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(rolesOfRoute, roles), ApiBearerAuth());
}

/** The scope that an API key needs to change something here; without it, no API key changes anything. */
export function Scoped(scope: Exclude<Scope, "read">): MethodDecorator & ClassDecorator {
  return SetMetadata(scopeOfRoute, scope);
}

/** Only persons, of this rank at least: no machine with an API key. */
export function Persons(rank: Rank): MethodDecorator & ClassDecorator {
  return SetMetadata(personsOfRoute, rank);
}

/** Open to any rank and any API key: the service says which. */
export function Machines(): MethodDecorator & ClassDecorator {
  return SetMetadata(anyMachine, true);
}

/** How many ordinary requests one to this route counts for, by the limits of rate; 1 where nothing is said. */
export function Costs(requests: number): MethodDecorator & ClassDecorator {
  return SetMetadata(costOfRoute, requests);
}

/** Under the stricter limit of rate for whoever tries to get in. */
export function SignIn(): MethodDecorator & ClassDecorator {
  return SetMetadata(signInRoute, true);
}
