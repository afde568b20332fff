const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const tokens = /yyyy|yy|Mon|MM|M|dd|d/g;
const shapes: Readonly<Record<string, string>> = {
  yyyy: "(?<year>\\d{4})",
  yy: "(?<year>\\d{2})",
  Mon: "(?<month>[A-Za-z]{3})",
  MM: "(?<month>\\d{2})",
  M: "(?<month>\\d{1,2})",
  dd: "(?<day>\\d{2})",
  d: "(?<day>\\d{1,2})",
};
/** What the contracts can count: civil days from 1970-01-01 on, in 16 bits. */
const lastDay = 0xffff;
const milliseconds = 86_400_000;

/** How a file writes its dates, such as `dd-Mon-yy`. */
export type DateFormat = RegExp;

/**
 * A date's pattern: `yyyy`, `yy` (70 to 99 are of the last century), `Mon` (English), `MM`, `M`, `dd`, `d`; anything
 * else but letters stands for itself. Null for a text that is no such pattern.
 */
export function compileDateFormat(pattern: string): DateFormat | null {
  const names = (pattern.match(tokens) ?? []).map((token) => token[0]?.toLowerCase());
  if (names.sort().join("") !== "dmy" || /[A-Za-z]/.test(pattern.replace(tokens, ""))) return null;
  const literals = pattern.split(tokens).map((literal) => literal.replace(/[^\w\s]/g, "\\$&"));
  const parts = pattern.match(tokens) ?? [];
  const source = literals.map((literal, at) => literal + (shapes[parts[at] ?? ""] ?? "")).join("");
  return new RegExp(`^${source}$`);
}

/** The civil day (from 1970-01-01) by the first format that fits the text; undefined where none does. */
export function readDay(text: string, formats: readonly DateFormat[]): number | undefined {
  for (const format of formats) {
    const found = format.exec(text)?.groups;
    const day = found && dayOf(found["year"] ?? "", found["month"] ?? "", found["day"] ?? "");
    if (day !== undefined) return day;
  }
  return undefined;
}

function dayOf(year: string, month: string, day: string): number | undefined {
  const named = months.indexOf(month.toLowerCase());
  const index = named === -1 ? Number(month) - 1 : named;
  const full = year.length === 4 ? Number(year) : Number(year) + (Number(year) < 70 ? 2000 : 1900);
  const date = new Date(Date.UTC(full, index, Number(day)));
  const exists = date.getUTCMonth() === index && date.getUTCDate() === Number(day);
  const count = date.getTime() / milliseconds;
  return exists && count >= 0 && count <= lastDay ? count : undefined;
}
