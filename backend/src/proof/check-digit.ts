/**
 * The check digit that a GTIN should end with: GS1 General Specifications, section 7.9.
 * @param code a GTIN, its own check digit included
 */
export function checkDigitOf(code: string): string {
  const digits = Array.from(code.slice(0, -1), Number).reverse();
  const sum = digits.reduce((total, digit, place) => total + digit * (place % 2 === 0 ? 3 : 1), 0);
  return String((10 - (sum % 10)) % 10);
}
