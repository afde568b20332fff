import type { ToldEvent } from "./told-event.ts";

/** What happened to something in a time: from the first to the last millisecond. */
export interface Wanted {
  readonly uri: string;
  readonly from: number;
  readonly to: number;
}

/** Events that name something, in the order of their times. */
export interface Found {
  readonly events: readonly ToldEvent[];
  /** False where there are more than were asked for: the earliest are given. */
  readonly isWhole: boolean;
}

/** Where a walk gets its events. */
export interface EventSource {
  /**
   * Each thing's events, or each transformation's by its id, at most `most` of each; in the order asked.
   */
  eventsOf(wanted: readonly Wanted[], most: number): Promise<Found[]>;
}
