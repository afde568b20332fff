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
    const tokens = this.#tokens(caller, perMinute);
    const passes = tokens >= 1;
    this.#buckets.delete(caller);
    this.#buckets.set(caller, { tokens: passes ? tokens - cost : tokens, at: this.now() });
    this.#forget();
    return passes ? 0 : secondsUntilOne(tokens, perMinute);
  }

  /** As `take`, of nothing. */
  wait(caller: string, perMinute: number): number {
    if (perMinute === 0) return 0;
    const tokens = this.#tokens(caller, perMinute);
    return tokens >= 1 ? 0 : secondsUntilOne(tokens, perMinute);
  }

  #tokens(caller: string, perMinute: number): number {
    const known = this.#buckets.get(caller);
    const gained = known === undefined ? 0 : ((this.now() - known.at) * perMinute) / minute;
    return Math.min((known?.tokens ?? perMinute) + gained, perMinute);
  }

  #forget(): void {
    if (this.#buckets.size <= mostCallers) return;
    const [oldest] = this.#buckets.keys();
    if (oldest !== undefined) this.#buckets.delete(oldest);
  }
}

function secondsUntilOne(tokens: number, perMinute: number): number {
  return Math.ceil(((1 - tokens) * 60) / perMinute);
}
