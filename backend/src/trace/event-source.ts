import type { HistoryRange } from "../epcis/event-history.ts";
import type { ToldEvent } from "./told-event.ts";

/** Events that name something, in the order of their times. */
export interface Found {
  readonly events: readonly ToldEvent[];
  /** False where there are more than were asked for: the earliest are given. */
  readonly isWhole: boolean;
}

/** Where a walk gets its events. */
export interface EventSource {
  /** Each thing's events, or each transformation's or claim's; at most `most` of each, in the order asked. */
  eventsOf(wanted: readonly HistoryRange[], most: number): Promise<Found[]>;
}
