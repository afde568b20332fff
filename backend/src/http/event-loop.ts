/** Milliseconds between two looks at the clock. */
const interval = 20;

/**
 * How long the event loop has been at work without coming round to its timers. That is what a request waits that comes in
 * meanwhile; a mean over an interval, as of `perf_hooks`, tells little of it: one second of standstill among fifty quick
 * turns is a mean of 20 ms, and a process that got no processor for a while has no mean at all.
 */
export class EventLoopWatch {
  #due = performance.now() + interval;
  #lateSince: number | undefined;
  readonly #timer = setInterval(() => {
    const now = performance.now();
    const isLate = now - this.#due > this.short;
    this.#lateSince = isLate ? (this.#lateSince ?? this.#due) : undefined;
    this.#due = now + interval;
  }, interval).unref();

  /** @param short milliseconds up to which a turn is none too long */
  constructor(private readonly short: number) {}

  /** Milliseconds by which the present turn is late. */
  get lateness(): number {
    return Math.max(performance.now() - this.#due, 0);
  }

  /** Milliseconds since when each turn that has ended was too long; 0 where the last one was not. */
  get lateFor(): number {
    return this.#lateSince === undefined ? 0 : performance.now() - this.#lateSince;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
