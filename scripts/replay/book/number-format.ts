/** How a file writes its numbers. */
export interface NumberFormat {
  readonly decimalMark: "." | ",";
  /** Between thousands; empty where there is none. */
  readonly groupMark: "" | "," | "." | " " | "'";
}

/**
 * The exact integer behind a decimal, in units of the last of `places` places.
 * @returns why it is none, as a text that follows the number's name
 */
export function readNumber(text: string, places: number, format: NumberFormat): bigint | string {
  if (text === "") return "is empty";
  const { decimalMark, groupMark } = format;
  const [whole = "", fraction = "", ...more] = text.split(decimalMark);
  const groups = groupMark === "" ? [whole] : whole.split(groupMark);
  const isGrouped = groups.length === 1 || groups.slice(1).every((group) => group.length === 3);
  const digits = groups.join("");
  const isNumber = more.length === 0 && isGrouped && /^\d+$/.test(digits) && /^\d*$/.test(fraction);
  if (!isNumber)
    return /^-\d/.test(text) ? `is negative: ${text}` : `is no number: "${shown(text)}"`;
  const kept = fraction.replace(/0+$/, "");
  if (kept.length > places) return `has more than ${String(places)} decimals: ${shown(text)}`;
  return BigInt(digits + kept.padEnd(places, "0"));
}

/** A text as a reason quotes it. */
export function shown(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 37)}...`;
}
