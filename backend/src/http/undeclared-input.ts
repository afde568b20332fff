import {
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from "@nestjs/common";
import { ROUTE_ARGS_METADATA } from "@nestjs/common/constants.js";
import { RouteParamtypes } from "@nestjs/common/enums/route-paramtypes.enum.js";
import type { FastifyRequest } from "fastify";
import type { Observable } from "rxjs";
import { BadInput } from "./bad-input.ts";

type Arguments = Readonly<Record<string, { readonly data?: unknown }>>;

/**
 * Refuses what a route would pass over in silence: parameters where it takes none or others, and a body where it takes
 * none. Who misspells `asOf` would get another answer than was asked for, and not know.
 */
@Injectable()
export class UndeclaredInput implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const { routeOptions, query, body } = context.switchToHttp().getRequest<FastifyRequest>();
    // Whoever watches whether we live may ask as they like.
    if (routeOptions.url?.startsWith("/api/") !== true) return next.handle();
    const taken = argumentsOf(context);
    const names = taken(RouteParamtypes.QUERY);
    const strange = names.includes(undefined)
      ? []
      : Object.keys(query as object).filter((name) => !names.includes(name));
    if (strange.length > 0) {
      throw new BadInput(
        strange.map((parameter) => ({ parameter, detail: "is no parameter of this route" })),
      );
    }
    if (taken(RouteParamtypes.BODY).length === 0 && saysSomething(body)) {
      throw BadInput.at("", "this route takes no body");
    }
    return next.handle();
  }
}

/** The names under which a route takes arguments of a kind; undefined for all of that kind at once. */
function argumentsOf(context: ExecutionContext): (kind: RouteParamtypes) => unknown[] {
  const declared = (Reflect.getMetadata(
    ROUTE_ARGS_METADATA,
    context.getClass(),
    context.getHandler().name,
  ) ?? {}) as Arguments;
  return (kind) =>
    Object.entries(declared)
      .filter(([key]) => key.startsWith(`${kind}:`))
      .map(([, { data }]) => data);
}

function saysSomething(body: unknown): boolean {
  const isEmpty = typeof body === "object" && body !== null && Object.keys(body).length === 0;
  return body !== undefined && body !== null && body !== "" && !isEmpty;
}
