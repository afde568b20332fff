import { Injectable, type CanActivate, type ExecutionContext } from "@nestjs/common";
import { Reflector } from "@nestjs/core";
import { DomainError } from "../chain/domain-error.ts";
import { publicRoute, rolesOfRoute } from "./access.ts";
import type { Authenticated, Role } from "./actor.ts";
import { SessionService } from "./session.service.ts";

interface Request extends Authenticated {
  readonly headers: { readonly authorization?: string };
}

/** Closes every route that is not `@Public()`. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const places = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(publicRoute, places)) return true;
    const request = context.switchToHttp().getRequest<Request>();
    const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
    if (token === undefined) throw new DomainError("NotSignedIn");
    const actor = await this.sessions.actorOf(token);
    request.actor = actor;
    const roles = this.reflector.getAllAndOverride<readonly Role[] | undefined>(
      rolesOfRoute,
      places,
    );
    if (roles !== undefined && !roles.some((role) => actor.roles.includes(role))) {
      throw new DomainError("WrongRole", { needs: roles });
    }
    return true;
  }
}
