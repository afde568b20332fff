import { setTimeout as sleep } from "node:timers/promises";

const interval = 250;

/** Somebody who sees to what there is to do, again and again, until it is over. What fails is seen to the next time. */
export class Attendant {
  #isOver = false;
  readonly #running: Promise<void>;

  /** @param see answers how much it has done */
  constructor(see: () => Promise<number>) {
    this.#running = this.#run(see);
  }

  /** What there was to do, and was done. */
  done = 0;

  async dismiss(): Promise<void> {
    this.#isOver = true;
    await this.#running;
  }

  async #run(see: () => Promise<number>): Promise<void> {
    while (!this.#isOver) {
      this.done += await see().catch(() => 0);
      await sleep(interval);
    }
  }
}
