import { Inject, Injectable } from "@nestjs/common";
import { DomainError } from "../chain/domain-error.ts";
import type { Config } from "../config/config.ts";
import { CONFIG } from "../config/config.module.ts";
import { RateLimiter } from "../http/rate-limiter.ts";

/** Groups of an IPv6 address that name a subscriber, who has at least a /64 of addresses. */
const subscriber = 4;
const groupsOfAddress = 8;

/** The limit of rate for an address, whoever calls from it. */
@Injectable()
export class AddressRates {
  readonly #limiter = new RateLimiter();

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** @throws DomainError `TooManyRequests` */
  take(ip: string, cost: number): void {
    refuseAfter(this.#limiter.take(networkOf(ip), this.config.rates.address, cost));
  }

  /** One attempt to sign in. @throws DomainError `TooManyRequests` */
  takeSignIn(ip: string): void {
    refuseAfter(this.#limiter.take(`sign-in ${networkOf(ip)}`, this.config.rates.signIn));
  }

  /** As `take`, of what costs nothing. @throws DomainError `TooManyRequests` */
  requireRoom(ip: string): void {
    refuseAfter(this.#limiter.wait(networkOf(ip), this.config.rates.address));
  }
}

/** An IPv4 address, or the network of an IPv6 address. */
export function networkOf(ip: string): string {
  const mapped = /^::ffff:([\d.]+)$/i.exec(ip)?.[1];
  if (mapped !== undefined || !ip.includes(":")) return mapped ?? ip;
  const [left = "", right] = ip.toLowerCase().split("::");
  const groups = (text: string): string[] => (text === "" ? [] : text.split(":"));
  const [before, after] = [groups(left), groups(right ?? "")];
  const between = Math.max(groupsOfAddress - before.length - after.length, 0);
  const whole = [...before, ...new Array<string>(between).fill("0"), ...after];
  return whole.slice(0, subscriber).join(":");
}

export function refuseAfter(retryAfter: number): void {
  if (retryAfter > 0) throw new DomainError("TooManyRequests", { retryAfter });
}
