import type { ChainClock } from "../chain/clock.ts";
import { BadInput } from "./bad-input.ts";
import { parseTime } from "./time.ts";

/**
 * The time that a query is asked for, seconds: `?asOf=`, or now.
 * @throws BadInput
 */
export function asOfTime(text: string | undefined, clock: ChainClock): number {
  if (text === undefined) return clock.now();
  const time = parseTime(text);
  if (time === undefined) throw BadInput.in("asOf", "must be a time with its offset");
  return time;
}
