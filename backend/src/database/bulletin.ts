import type { EntityManager } from "typeorm";

export type Topic =
  /** The read model has changed. */
  | "projected"
  /** There may be a new block. */
  | "block"
  /** A command is mined or has failed; its id. */
  | "settled"
  /** The sandbox's next block has this time, in seconds. */
  | "calendar";

/**
 * What processes that share a database tell each other: at once, but not for certain. Who depends on it also looks for
 * itself from time to time.
 */
export abstract class Bulletin {
  /** @param manager told when its transaction is committed; else at once */
  abstract announce(topic: Topic, text: string, manager?: EntityManager): Promise<void>;

  /** Hears what any process announces, this one too. */
  abstract hear(topic: Topic, listener: (text: string) => void): void;
}

/** Nobody else is there, and this process knows what it does. */
export class SilentBulletin extends Bulletin {
  announce(): Promise<void> {
    return Promise.resolve();
  }

  hear(): void {
    // Nothing will be said.
  }
}
