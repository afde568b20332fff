import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

const interval = 200;

/** What was seen of a backend's process while it worked. */
export interface Seen {
  /** Milliseconds: the longest that the event loop was late, as the process itself has measured. */
  readonly latest: number;
  /** Milliseconds: the slowest answer of those to requests that ask for nothing. */
  readonly slowest: number;
  /** MB resident at most. */
  readonly memory: number;
}

/** Looks at a backend's process while it works, from outside. */
export class ProcessWatch {
  #isOver = false;
  #latest = 0;
  #slowest = 0;
  readonly #looking: Promise<unknown>;

  constructor(
    private readonly url: string,
    private readonly pid: number,
  ) {
    this.#looking = Promise.all([this.#scrape(), this.#ping()]);
  }

  /** @throws Error where there is no /proc */
  async end(): Promise<Seen> {
    this.#isOver = true;
    await this.#looking;
    const status = await readFile(`/proc/${this.pid}/status`, "utf8");
    const memory = Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024);
    return { latest: Math.round(this.#latest), slowest: Math.round(this.#slowest), memory };
  }

  /** The process begins to measure anew with each look; the first one is of its start. */
  async #scrape(): Promise<void> {
    await fetch(`${this.url}/metrics`).then((answer) => answer.text());
    while (!this.#isOver) {
      await sleep(interval);
      const text = await fetch(`${this.url}/metrics`).then((answer) => answer.text());
      const late = Number(/^nodejs_eventloop_lag_max_seconds (\S+)/m.exec(text)?.[1]) * 1000;
      this.#latest = Math.max(this.#latest, late);
    }
  }

  async #ping(): Promise<void> {
    while (!this.#isOver) {
      const begun = performance.now();
      await fetch(`${this.url}/health/live`).then((answer) => answer.text());
      this.#slowest = Math.max(this.#slowest, performance.now() - begun);
      await sleep(10);
    }
  }
}
