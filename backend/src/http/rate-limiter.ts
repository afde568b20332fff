/** Requests a minute, and as many at once after a pause. */
interface Bucket {
  /** May be below zero: an expensive request is not refused for ever, it is paid off. */
  tokens: number;
  at: number;
}

/** Callers that are remembered; the longest idle are forgotten first, whose buckets are full again. */
const mostCallers = 50_000;
const minute = 60_000;

/** Token buckets in this process's memory: with several processes a caller has as many limits. */
export class RateLimiter {
  readonly #buckets = new Map<string, Bucket>();

  /** @param now milliseconds; for tests */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /**
   * Takes a request out of a caller's bucket.
   * @param perMinute 0 for no limit
   * @returns seconds after which it may ask again; 0 where this one may pass
   */
  take(caller: string, perMinute: number, cost = 1): number {
    if (perMinute === 0) return 0;
    const now = this.now();
    const known = this.#buckets.get(caller);
    const gained = known === undefined ? 0 : ((now - known.at) * perMinute) / minute;
    const tokens = Math.min((known?.tokens ?? perMinute) + gained, perMinute);
    const passes = tokens >= 1;
    this.#buckets.delete(caller);
    this.#buckets.set(caller, { tokens: passes ? tokens - cost : tokens, at: now });
    this.#forget();
    return passes ? 0 : Math.ceil(((1 - tokens) * 60) / perMinute);
  }

  #forget(): void {
    if (this.#buckets.size <= mostCallers) return;
    const [oldest] = this.#buckets.keys();
    if (oldest !== undefined) this.#buckets.delete(oldest);
  }
}
