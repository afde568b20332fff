/** Decimal places on the wire: money in major units, quantities, and the price of one unit. */
const places = { money: 2, quantity: 3, price: 4 } as const;

/** Minor units of a decimal string of the API. */
export function minorUnits(text: string): bigint {
  return integerOf(text, places.money);
}

export function moneyText(minor: bigint): string {
  return decimalText(minor, places.money);
}

export function quantityText(thousandths: bigint): string {
  return decimalText(thousandths, places.quantity);
}

/** @param price hundredths of a minor unit */
export function priceText(price: bigint): string {
  return decimalText(price, places.price);
}

function integerOf(text: string, digits: number): bigint {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  const [, sign = "", whole = "", fraction = ""] = match ?? [];
  if (match === null || fraction.length > digits) {
    throw new Error(`"${text}" is no decimal with at most ${String(digits)} places.`);
  }
  return BigInt(`${sign}${whole}${fraction.padEnd(digits, "0")}`);
}

function decimalText(units: bigint, digits: number): string {
  const magnitude = (units < 0n ? -units : units).toString().padStart(digits + 1, "0");
  const whole = magnitude.slice(0, -digits);
  return `${units < 0n ? "-" : ""}${whole}.${magnitude.slice(-digits)}`;
}
