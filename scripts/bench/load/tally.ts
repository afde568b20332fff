import type { Answer } from "./http-client.ts";

/** How often which answer came: a status, or what kept one from coming. */
export class Tally {
  readonly #counts = new Map<string, number>();

  add({ status, failure }: Answer): void {
    const name = failure ?? String(status);
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  get counts(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** Of requests without any answer. */
  get unanswered(): number {
    return this.#sum((name) => !Number.isInteger(Number(name)));
  }

  /** Of answers of 500 and more, and of requests without any. */
  get faults(): number {
    return this.#sum((name) => !(Number(name) < 500));
  }

  #sum(counts: (name: string) => boolean): number {
    return [...this.#counts]
      .filter(([name]) => counts(name))
      .reduce((sum, [, count]) => sum + count, 0);
  }
}
