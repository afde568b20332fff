/** How long things took, milliseconds. */
export class Latency {
  readonly #values: number[] = [];

  add(milliseconds: number): void {
    this.#values.push(milliseconds);
  }

  get count(): number {
    return this.#values.length;
  }

  /** The least that a share of them did not exceed; 0 where there is none. */
  at(share: number): number {
    const sorted = [...this.#values].sort((a, b) => a - b);
    const value = sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? 0;
    return Math.round(value * 10) / 10;
  }

  get summary(): LatencySummary {
    return { count: this.count, p50: this.at(0.5), p99: this.at(0.99) };
  }
}

export interface LatencySummary {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
}
