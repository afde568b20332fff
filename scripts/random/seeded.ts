/** The same numbers for the same seed, everywhere: xorshift over 64 bits. Not for secrets. */
export class Seeded {
  private state: bigint;

  constructor(seed: number) {
    // Zero would stay zero.
    this.state = BigInt.asUintN(64, BigInt(seed) * 0x9e3779b97f4a7c15n) || 1n;
  }

  /** Evenly over 0 … `below` − 1, for anything that is far below 2⁶⁴. */
  below(below: bigint): bigint {
    return this.next() % below;
  }

  pick<T>(from: readonly T[]): T {
    const index = Number(this.below(BigInt(from.length)));
    return from[index] as T;
  }

  /** The same things in another order. */
  shuffled<T>(things: readonly T[]): readonly T[] {
    const rest = [...things];
    const shuffled: T[] = [];
    while (rest.length > 0)
      shuffled.push(...rest.splice(Number(this.below(BigInt(rest.length))), 1));
    return shuffled;
  }

  private next(): bigint {
    let x = this.state;
    x ^= BigInt.asUintN(64, x << 13n);
    x ^= x >> 7n;
    x ^= BigInt.asUintN(64, x << 17n);
    this.state = x;
    return x;
  }
}
