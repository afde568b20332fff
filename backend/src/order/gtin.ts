const lengths: ReadonlySet<number> = new Set([8, 12, 13, 14]);

/** Whether a code has the form of a GTIN: 8, 12, 13 or 14 digits. */
export function looksLikeGtin(code: string): boolean {
  return /^\d+$/.test(code) && lengths.has(code.length);
}

/**
 * The check digit that a GTIN should end with: GS1 General Specifications, section 7.9.
 * @param code a GTIN, its own check digit included
 */
export function checkDigitOf(code: string): string {
  const digits = Array.from(code.slice(0, -1), Number).reverse();
  const sum = digits.reduce((total, digit, place) => total + digit * (place % 2 === 0 ? 3 : 1), 0);
  return String((10 - (sum % 10)) % 10);
}

/** Why a code is no item code; undefined for one that is. */
export function faultOfItemCode(code: string): string | undefined {
  if (!looksLikeGtin(code)) return undefined;
  const expected = checkDigitOf(code);
  return code.endsWith(expected)
    ? undefined
    : `${code} has the form of a GTIN with a wrong check digit: the last digit would be ${expected}`;
}
