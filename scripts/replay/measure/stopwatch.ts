/** Where the time went: seconds by name. */
export class Stopwatch {
  readonly #spans = new Map<string, number>();
  readonly #start = performance.now();

  /** Runs `work` and adds its time to the name's. */
  async time<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
    const start = performance.now();
    try {
      return await work();
    } finally {
      this.#spans.set(name, this.secondsOf(name) + (performance.now() - start) / 1000);
    }
  }

  secondsOf(name: string): number {
    return this.#spans.get(name) ?? 0;
  }

  /** Since this watch was made. */
  total(): number {
    return (performance.now() - this.#start) / 1000;
  }

  spans(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#spans);
  }
}
