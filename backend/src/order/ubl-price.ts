import type { Fault } from "../http/bad-input.ts";
import { attributeOf, elementsAt, textAt, type XmlElement } from "./ubl-xml.ts";

/** Decimals that a decimal string of a document may have. */
const mostDecimals = 12;
/** Decimals that are kept of a price: what the currency allows is checked where the currency is known. */
const decimalsKept = 8;

interface Price {
  /** Of one unit, as decimal text; the document's own text where it is no decimal. */
  readonly amount?: string;
  readonly currency?: string;
  readonly faults: readonly Fault[];
}

/** The price of one unit of a line item: `PriceAmount` ÷ `BaseQuantity`. */
export function priceOfOne(item: XmlElement): Price {
  const [price = ""] = elementsAt(item, "Price");
  const [amount] = elementsAt(price, "PriceAmount");
  const currency = attributeOf(amount, "currencyID");
  const ofWhom = currency === undefined ? {} : { currency };
  const text = textAt(price, "PriceAmount");
  if (text === undefined) return { ...ofWhom, faults: [] };
  const base = textAt(price, "BaseQuantity");
  if (base === undefined) return { ...ofWhom, amount: text, faults: [] };

  const unit = attributeOf(elementsAt(item, "Quantity")[0], "unitCode");
  const baseUnit = attributeOf(elementsAt(price, "BaseQuantity")[0], "unitCode") ?? unit;
  if (baseUnit !== unit) {
    const detail = `The price is for ${base} ${String(baseUnit)}, the quantity in ${unit ?? "no unit"}`;
    return { ...ofWhom, amount: text, faults: [{ pointer: "/unitPrice", detail }] };
  }
  const one = dividedExactly(text, base);
  if (one !== undefined) return { ...ofWhom, amount: one, faults: [] };
  const detail = `${text} for ${base} is no exact price for one`;
  return { ...ofWhom, amount: text, faults: [{ pointer: "/unitPrice", detail }] };
}

/** a ÷ b as decimal text; undefined where it does not end after a few decimals, or where there is nothing to divide. */
function dividedExactly(a: string, b: string): string | undefined {
  const [over, under] = [scaled(a), scaled(b)];
  if (over === undefined || under === undefined || under === 0n) return undefined;
  const whole = over * 10n ** BigInt(decimalsKept);
  if (whole % under !== 0n) return undefined;
  const digits = (whole / under).toString().padStart(decimalsKept + 1, "0");
  return `${digits.slice(0, -decimalsKept)}.${digits.slice(-decimalsKept)}`.replace(/\.?0+$/, "");
}

function scaled(text: string): bigint | undefined {
  const [, whole, part = ""] = /^(\d{1,30})(?:\.(\d{1,30}))?$/.exec(text) ?? [];
  if (whole === undefined || part.length > mostDecimals) return undefined;
  return BigInt(whole + part.padEnd(mostDecimals, "0"));
}
