import { setTimeout as sleep } from "node:timers/promises";

const shortest = 100;
const longest = 5000;

/** Waits between attempts that failed: 0.1 s, then twice as long each time, to 5 s. */
export class Patience {
  readonly #end = new AbortController();
  #failures = 0;

  succeeded(): void {
    this.#failures = 0;
  }

  async failed(): Promise<void> {
    const wait = Math.min(shortest * 2 ** this.#failures, longest);
    this.#failures += 1;
    await sleep(wait, undefined, { signal: this.#end.signal, ref: false }).catch(() => undefined);
  }

  /** Nobody waits any longer. */
  end(): void {
    this.#end.abort();
  }
}
