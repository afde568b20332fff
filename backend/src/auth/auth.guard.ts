import { Injectable, type CanActivate, type ExecutionContext } from "@nestjs/common";
import { Reflector } from "@nestjs/core";
import { AuditLog } from "../audit/audit-log.ts";
import { DomainError } from "../chain/domain-error.ts";
import { RateLimiter } from "../http/rate-limiter.ts";
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
  readonly url: string;
  readonly ip: string;
  readonly headers: { readonly authorization?: string };
}

type Places = Parameters<Reflector["getAllAndOverride"]>[1];

/** Refusals of one caller that are put on record in a minute: nobody fills the log with them. */
const refusalsNoted = 30;
const longestPath = 500;
const readOnly = new Set(["GET", "HEAD", "OPTIONS"]);

/** Closes every route that is not `@Public()`. */
@Injectable()
export class AuthGuard implements CanActivate {
  readonly #refusals = new RateLimiter();

  constructor(
    private readonly reflector: Reflector,
    private readonly bearers: Bearers,
    private readonly audit: AuditLog,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const places = [context.getHandler(), context.getClass()];
    const isPublic = this.reflector.getAllAndOverride<boolean | undefined>(publicRoute, places);
    if (isPublic) return true;
    const request = context.switchToHttp().getRequest<Request>();
    const actor = await this.bearers.actorOf(request.headers.authorization);
    request.actor = actor;
    try {
      this.#requireLetIn(request, actor, places);
    } catch (error) {
      await this.#noteRefusal(request, actor, error);
      throw error;
    }
    return true;
  }

  #requireLetIn(request: Request, actor: Actor, places: Places): void {
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
  }

  /** A caller that is refused all the time is on record often enough. */
  async #noteRefusal(request: Request, by: Actor, error: unknown): Promise<void> {
    const name = `${by.id} ${by.person?.account ?? ""} ${by.person?.apiKey?.id ?? ""}`;
    if (this.#refusals.take(name, refusalsNoted) > 0) return;
    const { method, url, ip } = request;
    const code = error instanceof DomainError ? error.code : undefined;
    const what = { method, path: url.slice(0, longestPath), from: ip, code };
    await this.audit.note({ kind: "refused", by, what });
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
