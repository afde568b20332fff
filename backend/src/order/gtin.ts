import { checkDigitOf } from "../proof/check-digit.ts";

const lengths: ReadonlySet<number> = new Set([8, 12, 13, 14]);

/** Whether a code has the form of a GTIN: 8, 12, 13 or 14 digits. */
export function looksLikeGtin(code: string): boolean {
  return /^\d+$/.test(code) && lengths.has(code.length);
}

/** Why a code is no item code; undefined for one that is. */
export function faultOfItemCode(code: string): string | undefined {
  if (!looksLikeGtin(code)) return undefined;
  const expected = checkDigitOf(code);
  return code.endsWith(expected)
    ? undefined
    : `${code} has the form of a GTIN with a wrong check digit: the last digit would be ${expected}`;
}
