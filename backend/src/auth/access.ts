import { applyDecorators, SetMetadata } from "@nestjs/common";
import { ApiBearerAuth } from "@nestjs/swagger";
import type { Role } from "./actor.ts";

export const publicRoute = Symbol("public");
export const rolesOfRoute = Symbol("roles");

/** Opens a route to anyone: every other route is closed. */
export function Public(): MethodDecorator & ClassDecorator {
  return SetMetadata(publicRoute, true);
}

/** Only callers with one of these roles, as they are on chain; without it, any who is signed in. */
export function Roles(...roles: readonly Role[]): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(rolesOfRoute, roles), ApiBearerAuth());
}
