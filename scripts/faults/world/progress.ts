/** How many commands have got their final answer, for those who wait for some more of them. */
export class Progress {
  #done = 0;
  #waiting: { readonly at: number; readonly resolve: () => void }[] = [];

  get done(): number {
    return this.#done;
  }

  add(): void {
    this.#done += 1;
    const due = this.#waiting.filter(({ at }) => at <= this.#done);
    this.#waiting = this.#waiting.filter(({ at }) => at > this.#done);
    for (const { resolve } of due) resolve();
  }

  /** Resolves when so many more have got theirs. */
  more(count: number): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ at: this.#done + count, resolve });
    });
  }
}
