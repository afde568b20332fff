import { formatTime } from "../../backend/src/http/time.ts";
import { dateOf, dayOf } from "../../backend/src/math/calendar.ts";

/** The offset of a sandbox's calendar. */
export const utcOffset = "+08:00";
const offsetSeconds = 8 * 3600;

/** A time of a civil day (counted from 1970-01-01) as the API takes it; `clock` as in `09:00:00`. */
export function civilTime(day: number, clock: string): string {
  return `${dateOf(day)}T${clock}${utcOffset}`;
}

/** A time in seconds, as the API takes it. */
export function timeText(seconds: bigint): string {
  return formatTime(Number(seconds), offsetSeconds);
}

/** The civil day of an ISO 8601 time. */
export function civilDay(time: string): number {
  return dayOf(Date.parse(time) / 1000, offsetSeconds);
}
