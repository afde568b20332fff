const secondsPerDay = 86_400;

/**
 * The civil day of a time: whole days since 1970-01-01 at a fixed offset from UTC. Twin of `Calendar.dayOf`.
 * @param time seconds since the epoch
 * @param utcOffset seconds east of Greenwich
 */
export function dayOf(time: number, utcOffset: number): number {
  return Math.floor((time + utcOffset) / secondsPerDay);
}

/** The first second of a civil day, in seconds since the epoch. */
export function startOfDay(day: number, utcOffset: number): number {
  return day * secondsPerDay - utcOffset;
}

/** A civil day as `YYYY-MM-DD`. */
export function dateOf(day: number): string {
  return new Date(day * secondsPerDay * 1000).toISOString().slice(0, 10);
}

/** The civil day of `YYYY-MM-DD`; undefined for a text that is no date of the calendar. */
export function dayOfDate(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const day = Date.parse(`${text}T00:00:00Z`) / 1000 / secondsPerDay;
  return Number.isInteger(day) && dateOf(day) === text ? day : undefined;
}
