/**
 * What time it is for the claims: the wall's clock, or the chain's where that is ahead.
 *
 * A sandbox's calendar is its chain's own, ahead of the wall or behind it: time since the head goes on, and stands
 * still while the next block's time is set.
 */
export class ChainClock {
  #head = { time: 0, seenAt: 0 };
  #next: number | undefined;

  constructor(private readonly sandbox: boolean) {}

  /** Seconds. */
  now(): number {
    if (!this.sandbox) return Math.max(Math.floor(Date.now() / 1000), this.#head.time);
    if (this.#next !== undefined) return this.#next;
    return this.#head.time + Math.floor((Date.now() - this.#head.seenAt) / 1000);
  }

  /** Whether the next block's time has been set. */
  get isSet(): boolean {
    return this.#next !== undefined;
  }

  /** Called for every new head. */
  headIs(time: number): void {
    this.#head = { time, seenAt: Date.now() };
    this.#next = undefined;
  }

  /** The next block will have this time. */
  nextBlockIsAt(time: number): void {
    this.#next = time;
  }
}
