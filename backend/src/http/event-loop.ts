/** Milliseconds between two looks at the clock. */
const interval = 20;

/**
 * How long the event loop has been at work without coming round to its timers. That is what a request waits that comes in
 * meanwhile; a mean over an interval, as of `perf_hooks`, tells little of it: one second of standstill among fifty quick
 * turns is a mean of 20 ms, and a process that got no processor for a while has no mean at all.
 */
export class EventLoopWatch {
  #due = performance.now() + interval;
  readonly #timer = setInterval(() => {
    this.#due = performance.now() + interval;
  }, interval).unref();

  /** Milliseconds by which the present turn is late. */
  get lateness(): number {
    return Math.max(performance.now() - this.#due, 0);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
