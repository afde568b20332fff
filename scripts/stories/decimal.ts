/** Decimal places on the wire: money in major units, quantities, and the price of one unit. */
export const moneyPlaces = 2;
export const quantityPlaces = 3;
export const pricePlaces = 4;

const shape = /^(0|[1-9]\d*)(?:\.(\d+))?$/;

/** The exact integer behind a non-negative decimal, or null if it is none or has more places. */
export function parseDecimal(text: string, places: number): bigint | null {
  const match = shape.exec(text);
  if (match === null) return null;
  const [, whole = "", fraction = ""] = match;
  if (fraction.length > places) return null;
  return BigInt(whole + fraction.padEnd(places, "0"));
}

/** A non-negative integer as a decimal with exactly `places` digits after the point. */
export function formatDecimal(units: bigint, places: number): string {
  const digits = units.toString().padStart(places + 1, "0");
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
