import { Injectable, type CanActivate, type ExecutionContext } from "@nestjs/common";
import { Reflector } from "@nestjs/core";
import { DomainError } from "../chain/domain-error.ts";
import { anyMachine, personsOfRoute, publicRoute, rolesOfRoute, scopeOfRoute } from "./access.ts";
import {
  ranksAs,
  type Actor,
  type Authenticated,
  type Rank,
  type Role,
  type Scope,
} from "./actor.ts";
import { Bearers } from "./bearers.ts";

interface Request extends Authenticated {
  readonly method: string;
  readonly headers: { readonly authorization?: string };
}

const readOnly = new Set(["GET", "HEAD", "OPTIONS"]);

/** Closes every route that is not `@Public()`. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly bearers: Bearers,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const places = [context.getHandler(), context.getClass()];
    const isPublic = this.reflector.getAllAndOverride<boolean | undefined>(publicRoute, places);
    if (isPublic) return true;
    const request = context.switchToHttp().getRequest<Request>();
    const actor = await this.bearers.actorOf(request.headers.authorization);
    request.actor = actor;
    const roles = this.reflector.getAllAndOverride<readonly Role[] | undefined>(
      rolesOfRoute,
      places,
    );
    if (roles !== undefined && !roles.some((role) => actor.roles.includes(role))) {
      throw new DomainError("WrongRole", { needs: roles });
    }
    const persons = this.reflector.getAllAndOverride<Rank | undefined>(personsOfRoute, places);
    if (persons !== undefined) requirePerson(actor, persons);
    else if (
      !readOnly.has(request.method) &&
      this.reflector.getAllAndOverride<boolean | undefined>(anyMachine, places) !== true
    ) {
      requireRank(actor, "maker");
      requireScope(
        actor,
        this.reflector.getAllAndOverride<Scope | undefined>(scopeOfRoute, places),
      );
    }
    return true;
  }
}

function requirePerson(actor: Actor, rank: Rank): void {
  if (actor.person?.apiKey !== undefined) throw new DomainError("PersonNeeded");
  requireRank(actor, rank);
}

function requireRank({ person }: Actor, needs: Rank): void {
  if (person !== undefined && ranksAs(person.rank, needs)) return;
  throw new DomainError("RankTooLow", { needs, is: person?.rank ?? "nobody" });
}

function requireScope({ person }: Actor, needs: Scope | undefined): void {
  const scopes = person?.apiKey?.scopes;
  if (scopes === undefined) return;
  if (needs === undefined) throw new DomainError("PersonNeeded");
  if (!scopes.includes(needs)) throw new DomainError("ScopeMissing", { needs });
}
