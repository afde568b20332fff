/** Work that one process at a time does for all that share a database. */
export type Task =
  /** Writes the read model. */
  | "projector"
  /** Takes up the commands that are not finished. */
  | "sweeper"
  /** Delivers webhooks. */
  | "webhooks"
  /** Anchors supply-chain events. */
  | "anchorer";

/** Who does what. Whoever leads asks again before each piece of work: it may be over at any time. */
export abstract class Leadership {
  /** Whether this process is the one that does it now. From the first time on it is a candidate. */
  abstract leads(task: Task): boolean;

  /** Told whenever this process begins to lead. */
  abstract whenLeading(task: Task, begun: () => void): void;

  /** This process leads nothing from now on. */
  abstract withdraw(): Promise<void>;
}

/** Nobody else is there. */
export class SoleLeadership extends Leadership {
  leads(): boolean {
    return true;
  }

  whenLeading(): void {
    // It has always led.
  }

  withdraw(): Promise<void> {
    return Promise.resolve();
  }
}
