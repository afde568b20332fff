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

/** What a route declares. */
interface Input {
  readonly names: readonly string[] | "any";
  readonly takesBody: boolean;
}

type Arguments = Readonly<Record<string, { readonly data?: unknown }>>;

/**
 * Refuses what a route would pass over in silence: parameters where it takes none or others, and a body where it takes
 * none. Who misspells `asOf` would get another answer than was asked for, and not know.
 */
@Injectable()
export class UndeclaredInput implements NestInterceptor {
  readonly #inputs = new WeakMap<object, Input>();

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const { routeOptions, query, body } = context.switchToHttp().getRequest<FastifyRequest>();
    // Whoever watches whether we live may ask as they like.
    if (!/^\/(api|epcis)(\/|$)/.test(routeOptions.url ?? "")) return next.handle();
    const { names, takesBody } = this.#inputOf(context);
    const strange =
      names === "any" ? [] : Object.keys(query as object).filter((name) => !names.includes(name));
    if (strange.length > 0) {
      throw new BadInput(
        strange.map((parameter) => ({ parameter, detail: "is no parameter of this route" })),
      );
    }
    if (!takesBody && saysSomething(body)) {
      throw BadInput.at("", "this route takes no body");
    }
    return next.handle();
  }

  #inputOf(context: ExecutionContext): Input {
    const handler = context.getHandler();
    let input = this.#inputs.get(handler);
    if (input === undefined) this.#inputs.set(handler, (input = inputOf(context)));
    return input;
  }
}

function inputOf(context: ExecutionContext): Input {
  const declared = (Reflect.getMetadata(
    ROUTE_ARGS_METADATA,
    context.getClass(),
    context.getHandler().name,
  ) ?? {}) as Arguments;
  const taken = (kind: RouteParamtypes): unknown[] =>
    Object.entries(declared)
      .filter(([key]) => key.startsWith(`${kind}:`))
      .map(([, { data }]) => data);
  const names = taken(RouteParamtypes.QUERY);
  return {
    // Without a name, an argument is all of its kind.
    names: names.includes(undefined) ? "any" : names.map(String),
    takesBody: taken(RouteParamtypes.BODY).length > 0,
  };
}

function saysSomething(body: unknown): boolean {
  const isEmpty = typeof body === "object" && body !== null && Object.keys(body).length === 0;
  return body !== undefined && body !== null && body !== "" && !isEmpty;
}
