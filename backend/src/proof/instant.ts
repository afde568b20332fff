const dateTime = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/;
const offset = /^[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00)$/;

/**
 * Milliseconds since the epoch of an `xsd:dateTimeStamp`; the fourth digit of its fraction rounds the third (CBV 2.0,
 * section 8.9.2). Undefined for a text that is none.
 */
export function instantOf(text: string): number | undefined {
  const match = dateTime.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = "", zone = "Z"] = match;
  if (zone !== "Z" && !offset.test(zone)) return undefined;
  const day0 = new Date(`${year}-${month}-${day}T00:00:00Z`);
  const isDate = !Number.isNaN(day0.getTime()) && day0.getUTCDate() === Number(day);
  if (!isDate || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const digits = fraction.padEnd(4, "0");
  const milliseconds = Number(digits.slice(0, 3)) + (Number(digits[3]) >= 5 ? 1 : 0);
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`) + milliseconds;
}

/** `2026-09-01T01:00:00.000Z` */
export function formatInstant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
