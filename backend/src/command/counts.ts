/** How much of something is under way, by whose it is. */
export class Counts {
  readonly #counts = new Map<string, number>();

  of(whose: string): number {
    return this.#counts.get(whose) ?? 0;
  }

  /** Counts `work` until it ends. */
  async during<T>(whose: string, work: () => Promise<T>): Promise<T> {
    this.#counts.set(whose, this.of(whose) + 1);
    try {
      return await work();
    } finally {
      const left = this.of(whose) - 1;
      if (left === 0) this.#counts.delete(whose);
      else this.#counts.set(whose, left);
    }
  }
}
