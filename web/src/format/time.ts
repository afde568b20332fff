// Times come with the deployment's offset. The civil day and the clock are read from the text, so
// that a phone in another zone shows the same day as the contract of the two parties.

const dayLength = 86_400_000;

/** "2026-10-05T10:00:00+08:00" → "2026-10-05"; a date stays what it is. */
export function dayOf(time: string): string {
  return time.slice(0, 10);
}

/** "2026-10-05T10:00:00+08:00" → "10:00". */
export function clockOf(time: string): string {
  return time.slice(11, 16);
}

/** A civil day in words: "5 Oct 2026", "2026年10月5日". */
export function dayInWords(time: string, language: string): string {
  const locale = language === "zh" ? "zh-CN" : "en-GB";
  const options = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(locale, options).format(new Date(dayOf(time)));
}

/** Whole civil days from one to the other; negative if the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(dayOf(to)) - Date.parse(dayOf(from))) / dayLength);
}

/** The same clock, later by whole days, in the same offset. */
export function daysLater(time: string, days: number): string {
  const day = new Date(Date.parse(dayOf(time)) + days * dayLength).toISOString().slice(0, 10);
  return `${day}${time.slice(10)}`;
}

/** The clock and offset of `time` on another civil day. */
export function onDay(time: string, day: string): string {
  return `${day}${time.slice(10)}`;
}
