import type { Seeded } from "../../random/seeded.ts";

/** What a node, or the way to it, does wrong with one request. */
const rpcFaults = [
  /** The connection is cut, the node never sees the request. */
  "droppedBefore",
  /** The node does what is asked, the connection is cut before its answer. */
  "droppedAfter",
  "delayedBefore",
  "delayedAfter",
  /** The node gets the request twice; its second answer is given. */
  "duplicated",
  /** HTTP 500 without a word of JSON; the node never sees the request. */
  "answered500",
  /** HTTP 500, although the node does what is asked. */
  "answered500After",
  /** HTTP 200 with what is no JSON, although the node does what is asked. */
  "answeredGarbage",
  /** JSON that ends in the middle. */
  "answeredHalf",
  /** HTTP 429. */
  "tooMany",
  /** A JSON-RPC error of the node's own: it is overloaded. */
  "overloaded",
  /** No answer for seconds, then the connection is cut. */
  "hung",
] as const;
export type RpcFault = (typeof rpcFaults)[number];

/** How often requests meet a fault: now and then, and in bursts nearly every other one. */
export interface FaultRates {
  /** Of a thousand requests. */
  readonly perMille: number;
  readonly burstsPerMille: number;
  /** Requests of the longest burst. */
  readonly longestBurst: number;
  /** Milliseconds of the longest delay. */
  readonly longestDelay: number;
}

/** Of two nodes: one that fails often and not for long, and one that fails seldom and longer. */
export const weathers: readonly [FaultRates, FaultRates] = [
  { perMille: 50, burstsPerMille: 16, longestBurst: 24, longestDelay: 400 },
  { perMille: 30, burstsPerMille: 8, longestBurst: 72, longestDelay: 400 },
];

/** Draws what happens to the next request: the same sequence for the same seed. */
export class RpcFaultStream {
  #on = true;
  #burst = 0;

  constructor(
    private readonly random: Seeded,
    private readonly rates: FaultRates,
  ) {}

  /** No more faults, or faults again. */
  turn(on: boolean): void {
    this.#on = on;
  }

  next(): RpcFault | undefined {
    const { perMille, burstsPerMille, longestBurst } = this.rates;
    if (this.#burst > 0) this.#burst -= 1;
    else if (this.#draw(burstsPerMille)) this.#burst = this.#upTo(longestBurst);
    const isFaulty = this.#draw(this.#burst > 0 ? 500 : perMille);
    const fault = this.random.pick(rpcFaults);
    return this.#on && isFaulty ? fault : undefined;
  }

  /** Milliseconds. */
  delay(): number {
    return this.#upTo(this.rates.longestDelay);
  }

  #draw(perMille: number): boolean {
    return this.random.below(1000n) < BigInt(perMille);
  }

  #upTo(most: number): number {
    return 1 + Number(this.random.below(BigInt(most)));
  }
}
