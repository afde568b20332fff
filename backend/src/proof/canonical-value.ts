import { canonicalKey } from "./gs1-key.ts";
import type { Namespaces } from "./namespaces.ts";
import { asWebUri } from "./vocabulary.ts";

const number = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d{1,3}))?$/;

/** A number in the one way that CBV 2.0 hashes it, without needless zeros; undefined for a text that is no number. */
export function canonicalNumber(text: string): string | undefined {
  const match = number.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  const digits = whole + fraction;
  if (digits === "") return undefined;
  const point = whole.length + Number(exponent);
  const before = point <= 0 ? "" : digits.slice(0, point).padEnd(point, "0");
  const after = point < 0 ? "0".repeat(-point) + digits : digits.slice(point);
  const integer = before.replace(/^0+/, "") || "0";
  const decimals = after.replace(/0+$/, "");
  const plain = decimals === "" ? integer : `${integer}.${decimals}`;
  return sign === "-" && plain !== "0" ? `-${plain}` : plain;
}

/**
 * A value as it stands in a pre-hash string (CBV 2.0, section 8.9.2): trimmed, compact URIs whole, numbers plain, keys
 * of GS1 as canonical Digital Link. XML knows no numbers apart from text, so text that reads as a number is one.
 */
export function canonicalValue(value: boolean | number | string, namespaces: Namespaces): string {
  const text = String(value).trim();
  if (typeof value === "boolean") return text;
  const plain = canonicalNumber(text);
  if (plain !== undefined || typeof value === "number") return plain ?? text;
  const whole = asWebUri(namespaces.expandedValue(text));
  return canonicalKey(whole) ?? whole;
}
