/** The deployment's calendar: civil days are counted from 1970-01-01 at this offset. */
export const utcOffset = "+08:00";
const offsetSeconds = 8n * 3600n;

const instant = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(Z|[+-]\d{2}:\d{2})$/;
const date = /^\d{4}-\d{2}-\d{2}$/;

/** Seconds since 1970 of an ISO 8601 time with offset, or null if it is none. */
export function parseInstant(text: string): bigint | null {
  const day = instant.exec(text)?.[1];
  const milliseconds = Date.parse(text);
  if (day === undefined || Number.isNaN(milliseconds) || parseDate(day) === null) return null;
  return BigInt(milliseconds) / 1000n;
}

/** The number of a civil day written as an ISO 8601 date, or null if there is no such day. */
export function parseDate(text: string): number | null {
  const milliseconds = Date.parse(`${text}T00:00:00Z`);
  if (!date.test(text) || Number.isNaN(milliseconds)) return null;
  const day = milliseconds / 86_400_000;
  // The thirtieth of February parses as the second of March.
  return formatDate(day) === text ? day : null;
}

export function formatDate(day: number | bigint): string {
  return new Date(Number(day) * 86_400_000).toISOString().slice(0, 10);
}

/** An instant as the deployment's clock shows it. */
export function formatInstant(seconds: bigint): string {
  const shown = new Date(Number(seconds + offsetSeconds) * 1000).toISOString().slice(0, 19);
  return `${shown}${utcOffset}`;
}
