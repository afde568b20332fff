import type { Seeded } from "../../random/seeded.ts";

/** What a node, or the way to it, does wrong with one request. */
export const rpcFaults = [
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

/** Draws what happens to the next request: the same sequence for the same seed. */
export class RpcFaultStream {
  #on = true;

  /**
   * @param perMille so many of a thousand requests meet a fault
   * @param longest milliseconds that a fault may take
   */
  constructor(
    private readonly random: Seeded,
    private readonly perMille: number,
    private readonly longest = 400,
  ) {}

  /** No more faults, or faults again. */
  turn(on: boolean): void {
    this.#on = on;
  }

  next(): RpcFault | undefined {
    const isFaulty = this.random.below(1000n) < BigInt(this.perMille);
    const fault = this.random.pick(rpcFaults);
    return this.#on && isFaulty ? fault : undefined;
  }

  /** Milliseconds. */
  delay(): number {
    return 1 + Number(this.random.below(BigInt(this.longest)));
  }
}
