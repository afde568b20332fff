import { Inject, Injectable, type CanActivate, type ExecutionContext } from "@nestjs/common";
import { Reflector } from "@nestjs/core";
import type { FastifyRequest } from "fastify";
import type { Config } from "../config/config.ts";
import { CONFIG } from "../config/config.module.ts";
import { RateLimiter } from "../http/rate-limiter.ts";
import { costOfRoute, signInRoute } from "./access.ts";
import type { Actor, Authenticated } from "./actor.ts";
import { AddressRates, refuseAfter } from "./address-rates.ts";

type Request = FastifyRequest & Authenticated;

/** Limits of rate for an address, whoever calls from it; comes before anybody is asked who they are. */
@Injectable()
export class AddressRateGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly addresses: AddressRates,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const { ip, routeOptions } = context.switchToHttp().getRequest<Request>();
    // Whoever watches whether we live must not be told to come back later. The route, not the address as it was
    // written: "/%61pi/…" and "http://host/api/…" are the same.
    if (!/^\/(api|epcis|01|lot)(\/|$)/.test(routeOptions.url ?? "")) return true;
    const places = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(signInRoute, places)) {
      this.addresses.takeSignIn(ip);
    }
    this.addresses.take(ip, costOf(this.reflector, context));
    return true;
  }
}

/** Limits of rate for an API key, and for a person in a party's name; comes when it is known who calls. */
@Injectable()
export class CallerRateGuard implements CanActivate {
  readonly #limiter = new RateLimiter();

  constructor(
    private readonly reflector: Reflector,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const { actor } = context.switchToHttp().getRequest<Request>();
    if (actor === undefined) return true;
    const cost = costOf(this.reflector, context);
    refuseAfter(this.#limiter.take(nameOf(actor), this.config.rates.caller, cost));
    return true;
  }
}

function costOf(reflector: Reflector, context: ExecutionContext): number {
  const places = [context.getHandler(), context.getClass()];
  return reflector.getAllAndOverride<number | undefined>(costOfRoute, places) ?? 1;
}

function nameOf({ id, person }: Actor): string {
  return person?.apiKey?.id ?? `${id} ${person?.account ?? ""}`;
}
