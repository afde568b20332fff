import {
  formatDecimal,
  formatQuantity,
  parseMoney,
  unitPriceDecimals,
} from "../../backend/src/http/decimal.ts";

/** Decimals of the sandbox's currency. */
export const currencyDecimals = 2;

/** Minor units of a decimal string of the API. */
export function minorUnits(text: string): bigint {
  return parseMoney(text, currencyDecimals, "");
}

export function moneyText(minor: bigint): string {
  return formatDecimal(minor, currencyDecimals);
}

export function quantityText(thousandths: bigint): string {
  return formatQuantity(thousandths);
}

/** @param price hundredths of a minor unit */
export function priceText(price: bigint): string {
  return formatDecimal(price, unitPriceDecimals(currencyDecimals));
}
