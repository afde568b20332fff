import { BadInput } from "./bad-input.ts";

/** Decimal places of a quantity: thousandths of the unit. */
export const quantityDecimals = 3;
/** A unit price counts hundredths of the currency's minor unit. */
export const unitPriceDecimals = (currencyDecimals: number): number => currencyDecimals + 2;

export const widest = {
  money: (1n << 64n) - 1n,
  /** What a facility lends over all its roots. */
  principal: (1n << 56n) - 1n,
  quantity: (1n << 48n) - 1n,
  unitPrice: (1n << 48n) - 1n,
} as const;

const plainDecimal = /^(0|[1-9]\d{0,29})(?:\.(\d{1,18}))?$/;

/** What is wrong with a decimal text, in words; undefined where nothing is. */
export function decimalFault(text: string, decimals: number, most: bigint): string | undefined {
  const match = plainDecimal.exec(text);
  if (match === null) {
    return 'must be a decimal number in a string, like "1250.00": no sign, exponent or separators';
  }
  if ((match[2]?.length ?? 0) > decimals) return `must not have more than ${decimals} decimals`;
  return scaled(match, decimals) > most
    ? `must not be more than ${formatDecimal(most, decimals)}`
    : undefined;
}

/**
 * A decimal text in its smallest units.
 * @param pointer names the field in the error
 * @throws BadInput
 */
export function parseDecimal(
  text: string,
  decimals: number,
  most: bigint,
  pointer: string,
): bigint {
  const fault = decimalFault(text, decimals, most);
  const match = plainDecimal.exec(text);
  if (fault !== undefined || match === null) throw BadInput.at(pointer, fault ?? "is no number");
  return scaled(match, decimals);
}

/** Money of a currency in minor units. */
export function parseMoney(text: string, currencyDecimals: number, pointer: string): bigint {
  return parseDecimal(text, currencyDecimals, widest.money, pointer);
}

/** A quantity in thousandths. */
export function parseQuantity(text: string, pointer: string): bigint {
  return parseDecimal(text, quantityDecimals, widest.quantity, pointer);
}

/** A unit price in hundredths of a minor unit. */
export function parseUnitPrice(text: string, currencyDecimals: number, pointer: string): bigint {
  return parseDecimal(text, unitPriceDecimals(currencyDecimals), widest.unitPrice, pointer);
}

/** Always with all decimals: `1250.00`. */
export function formatDecimal(value: bigint, decimals: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = decimals === 0 ? "" : `.${digits.slice(-decimals)}`;
  return `${value < 0n ? "-" : ""}${whole}${fraction}`;
}

export function formatQuantity(thousandths: bigint): string {
  return formatDecimal(thousandths, quantityDecimals);
}

function scaled(match: RegExpExecArray, decimals: number): bigint {
  return BigInt(`${match[1] ?? ""}${(match[2] ?? "").padEnd(decimals, "0")}`);
}
