import { Injectable, type CanActivate, type ExecutionContext } from "@nestjs/common";
import { Reflector } from "@nestjs/core";
import { publicRoute } from "../auth/access.ts";
import { DomainError } from "../chain/domain-error.ts";
import { ProjectionEngine } from "./projection.engine.ts";

/** No stale answer as a fresh one. */
@Injectable()
export class FreshnessGuard implements CanActivate {
  constructor(
    private readonly projection: ProjectionEngine,
    private readonly reflector: Reflector,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const places = [context.getHandler(), context.getClass()];
    const isPublic = this.reflector.getAllAndOverride<boolean | undefined>(publicRoute, places);
    if (this.projection.status.halted !== undefined && isPublic !== true) {
      throw new DomainError("ReadModelHalted");
    }
    return true;
  }
}
