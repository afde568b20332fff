import { parseDate, parseInstant } from "../calendar.ts";
import {
  formatDecimal,
  moneyPlaces,
  parseDecimal,
  pricePlaces,
  quantityPlaces,
} from "../decimal.ts";
import type { Place } from "./json-place.ts";

const encoder = new TextEncoder();
const longestName = 32;
const latest = 0xffff_ffffffn;

/** Minor units, as wide as the contracts count them. */
export function readMoney(place: Place): bigint {
  return readDecimal(place, "an amount of money", moneyPlaces, 64n);
}

/** Thousandths. */
export function readQuantity(place: Place): bigint {
  return readDecimal(place, "a quantity", quantityPlaces, 48n);
}

/** Hundredths of a minor unit. */
export function readPrice(place: Place): bigint {
  return readDecimal(place, "a unit price", pricePlaces, 48n);
}

/** An amount that is compared as text, in its one spelling. */
export function readMoneyText(place: Place): string {
  return formatDecimal(readMoney(place), moneyPlaces);
}

export function readQuantityText(place: Place): string {
  return formatDecimal(readQuantity(place), quantityPlaces);
}

/** Seconds. */
export function readInstant(place: Place): bigint {
  const what = "a time such as 2026-09-01T09:00:00+08:00";
  return place.parsed(what, (text) => within(parseInstant(text), latest), 0n);
}

/** A civil day. */
export function readDate(place: Place): number {
  const parse = (text: string) => {
    const day = parseDate(text);
    return day !== null && day >= 0 && day <= 0xffff ? day : null;
  };
  return place.parsed("a date such as 2027-08-31", parse, 0);
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

function readDecimal(place: Place, what: string, places: number, bits: bigint): bigint {
  const most = (1n << bits) - 1n;
  const bound = `${what} of at most ${places} decimals, up to ${formatDecimal(most, places)}`;
  return place.parsed(bound, (text) => within(parseDecimal(text, places), most), 0n);
}

function within(value: bigint | null, most: bigint): bigint | null {
  return value !== null && value >= 0n && value <= most ? value : null;
}
