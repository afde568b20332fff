import type { State, Step, Story } from "./story.ts";

/** A way into the system by which stories are told: the contracts alone, or the HTTP API. */
export interface Driver {
  /**
   * Begins a story. Nothing is left of the one before; the parties are admitted and hold their
   * opening cash, every approval of the currency is given without limit, the warehouse's capacity
   * is ample, the facilities are open, and the orders were issued and accepted at `issuedAt`.
   */
  setScene(story: Story): Promise<void>;

  /**
   * Takes a step with whatever revision or outstanding amount is the right one then, in a block
   * whose timestamp is exactly `step.at`. A refused step changes nothing, but time has come to
   * `step.at` for what is observed next.
   * @returns the name of the error that refused it; null if it took place
   */
  act(step: Step): Promise<string | null>;

  /** The state at `at` seconds, the time of the last step. What is gone from record is left out. */
  observe(at: bigint): Promise<State>;

  /** Lets go of everything that was started; called once, also after a failure. */
  close(): Promise<void>;
}
