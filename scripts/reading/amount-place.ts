import {
  decimalFault,
  formatDecimal,
  parseDecimal,
  quantityDecimals,
  unitPriceDecimals,
  widest,
} from "../../backend/src/http/decimal.ts";
import { parseTime } from "../../backend/src/http/time.ts";
import { dateOf, dayOfDate } from "../../backend/src/math/calendar.ts";
import { currencyDecimals, moneyText, quantityText } from "../api/wire.ts";
import type { Place } from "./json-place.ts";

const encoder = new TextEncoder();
const longestName = 32;
const latestSecond = 0xffff_ffff;
const latestDay = 0xffff;

/** Minor units, as wide as the contracts count them. */
export function readMoney(place: Place): bigint {
  return readDecimal(place, "an amount of money", currencyDecimals, widest.money);
}

/** Thousandths. */
export function readQuantity(place: Place): bigint {
  return readDecimal(place, "a quantity", quantityDecimals, widest.quantity);
}

/** Hundredths of a minor unit. */
export function readPrice(place: Place): bigint {
  return readDecimal(place, "a unit price", unitPriceDecimals(currencyDecimals), widest.unitPrice);
}

/** An amount that is compared as text, in its one spelling. */
export function readMoneyText(place: Place): string {
  return moneyText(readMoney(place));
}

export function readQuantityText(place: Place): string {
  return quantityText(readQuantity(place));
}

/** Whole seconds. */
export function readInstant(place: Place): bigint {
  const parse = (text: string): bigint | null => {
    const seconds = text.includes(".") ? undefined : parseTime(text);
    return seconds !== undefined && seconds <= latestSecond ? BigInt(seconds) : null;
  };
  return place.parsed("a time such as 2026-09-01T09:00:00+08:00", parse, 0n);
}

/** A civil day. */
export function readDate(place: Place): number {
  const parse = (text: string): number | null => {
    const day = dayOfDate(text);
    return day !== undefined && day >= 0 && day <= latestDay ? day : null;
  };
  return place.parsed("a date such as 2027-08-31", parse, 0);
}

/** A civil day that is compared as text. */
export function readDateText(place: Place): string {
  return dateOf(readDate(place));
}

export function readName(place: Place): string {
  return checkName(place.text(), place);
}

/** Contracts hold a name as text of at most 32 bytes. */
export function checkName(name: string, place: Place): string {
  const length = encoder.encode(name).length;
  if (length > longestName)
    place.fault(`a name has at most ${longestName} bytes, this has ${length}`);
  return name;
}

function readDecimal(place: Place, what: string, decimals: number, most: bigint): bigint {
  const bound = `${what} of at most ${decimals} decimals, up to ${formatDecimal(most, decimals)}`;
  const parse = (text: string): bigint | null =>
    decimalFault(text, decimals, most) === undefined
      ? parseDecimal(text, decimals, most, place.pointer)
      : null;
  return place.parsed(bound, parse, 0n);
}
