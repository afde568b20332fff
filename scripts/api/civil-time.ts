import { dateOf, dayOf } from "../../backend/src/math/calendar.ts";

/** The offset of a sandbox's calendar; seconds east of Greenwich. */
const utcOffset = 8 * 3600;

/** A time of a civil day (counted from 1970-01-01) as the API takes it; `clock` as in `09:00:00`. */
export function civilTime(day: number, clock: string): string {
  return `${dateOf(day)}T${clock}+08:00`;
}

/** The civil day of an ISO 8601 time. */
export function civilDay(time: string): number {
  return dayOf(Date.parse(time) / 1000, utcOffset);
}
