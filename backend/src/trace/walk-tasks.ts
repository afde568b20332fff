import type { HistoryRange } from "../epcis/event-history.ts";
import type { ToldEvent } from "./told-event.ts";

export type Way = "back" | "forth";

/** Something to follow, in the time in which it is lineage. */
export interface Following {
  readonly step: "follow";
  readonly way: Way;
  readonly uri: string;
  readonly from: number;
  readonly to: number;
  /** The very thing that was asked for: all of it is, not only what became of a part of it. */
  readonly isStart: boolean;
  /** Of a carrier that goods came off, not what else is on it. */
  readonly isAlone?: boolean;
}

/** Something on a carrier: what happens to the one happens to the other. */
export interface Carrying {
  readonly step: "carry";
  readonly way: Way;
  readonly uri: string;
  readonly carrier: string;
  readonly from: number;
  readonly to: number;
  /** One part of a lot of which others are elsewhere. */
  readonly isPortion: boolean;
  /** Since when the carrier's events are needed, and how many of them. */
  readonly since: number;
  readonly most: number;
}

export interface Transforming {
  readonly step: "transform";
  readonly way: Way;
  readonly event: ToldEvent;
}

export type Task = Following | Carrying | Transforming;

/** What a task has to have read, and how many events of it. */
export interface Need extends HistoryRange {
  readonly most: number;
}

/** @param most events of a thing that is followed */
export function needOf(task: Task, most: number): Need | undefined {
  const always = { from: -Infinity, to: Infinity, most };
  if (task.step === "follow") return { ...always, uri: task.uri };
  if (task.step === "carry")
    return { uri: task.carrier, from: task.since, to: Infinity, most: task.most };
  const { transformationId } = task.event;
  return transformationId === undefined ? undefined : { ...always, uri: transformationId };
}
