/** ISO 8601 with an offset, to the second: `2026-09-01T09:00:00+08:00`. */
const isoTime =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

/** Four digits hold the year up to here at every offset; the contracts' 40 bits hold more. */
const latest = Date.UTC(9999, 11, 31, 9, 59, 59) / 1000;

/** Seconds since the epoch; undefined for a text that is no ISO 8601 time with offset. */
export function parseTime(text: string): number | undefined {
  const match = isoTime.exec(text);
  if (match === null) return undefined;
  const seconds = Math.floor(Date.parse(text) / 1000);
  const [, year, month, day] = match.map(Number);
  const date = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day ?? 0));
  // Date.parse takes 30 February for 2 March.
  const isDate = date.getUTCMonth() + 1 === month && date.getUTCDate() === day;
  return isDate && seconds >= 0 && seconds <= latest ? seconds : undefined;
}

/** @param utcOffset seconds east of Greenwich */
export function formatTime(seconds: number, utcOffset: number): string {
  const local = new Date((seconds + utcOffset) * 1000).toISOString().slice(0, 19);
  const minutes = Math.abs(utcOffset) / 60;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");
  return `${local}${utcOffset < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
}
