import { checkDigitOf } from "./check-digit.ts";

// Keys of GS1 in their two spellings, EPC URN (Tag Data Standard 2.0, section 6) and GS1 Digital Link URI (1.2).

const domain = "https://id.gs1.org";
const character = String.raw`(?:%[0-9A-Fa-f]{2}|[!')(*+,.0-9:;=A-Za-z_-])`;
const partCharacter = String.raw`(?:%2[3dfDF]|[0-9A-Z-])`;

function check(digits: string): string {
  return digits + checkDigitOf(`${digits}0`);
}

/** What an EPC URN leaves bare and a Digital Link escapes. */
function escaped(text: string): string {
  return text.replace(
    /[!()*+,:]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}

interface Scheme {
  /** Of what follows `urn:epc:<kind>:<scheme>:`; the first two groups are company prefix and reference. */
  readonly form: RegExp;
  /** Digits of company prefix and reference together; 0 where the reference is free text. */
  readonly digits: number;
  readonly link: (prefix: string, reference: string, rest: readonly string[]) => string;
}

const twoParts = (tail = ""): RegExp => new RegExp(String.raw`^(\d{6,12})\.(\d*)${tail}$`);
const serial = (length: number): string => String.raw`\.(${character}{1,${length}})`;

function gtin(prefix: string, reference: string): string {
  return check(reference.slice(0, 1) + prefix + reference.slice(1));
}

const freeText = (most: number): RegExp =>
  new RegExp(String.raw`^(\d{6,12})\.(${character}{1,${most}})$`);

const ids: Readonly<Record<string, Scheme>> = {
  sgtin: {
    form: twoParts(serial(20)),
    digits: 13,
    link: (p, r, [s = ""]) => `/01/${gtin(p, r)}/21/${escaped(s)}`,
  },
  sscc: {
    form: twoParts(),
    digits: 17,
    link: (p, r) => `/00/${check(r.slice(0, 1) + p + r.slice(1))}`,
  },
  sgln: {
    form: twoParts(serial(20)),
    digits: 12,
    link: (p, r, [s = ""]) => `/414/${check(p + r)}${s === "0" ? "" : `/254/${escaped(s)}`}`,
  },
  pgln: { form: twoParts(), digits: 12, link: (p, r) => `/417/${check(p + r)}` },
  grai: {
    form: twoParts(serial(16)),
    digits: 12,
    link: (p, r, [s = ""]) => `/8003/${check(`0${p}${r}`)}${escaped(s)}`,
  },
  giai: { form: freeText(24), digits: 0, link: (p, r) => `/8004/${p}${escaped(r)}` },
  gsrn: { form: twoParts(), digits: 17, link: (p, r) => `/8018/${check(p + r)}` },
  gsrnp: { form: twoParts(), digits: 17, link: (p, r) => `/8017/${check(p + r)}` },
  gdti: {
    form: twoParts(serial(20)),
    digits: 12,
    link: (p, r, [s = ""]) => `/253/${check(p + r)}${escaped(s)}`,
  },
  cpi: {
    form: new RegExp(String.raw`^(\d{6,12})\.(${partCharacter}{1,24})\.(\d{1,12})$`),
    digits: 0,
    link: (p, r, [s = ""]) => `/8010/${p}${escaped(r)}/8011/${s}`,
  },
  sgcn: {
    form: twoParts(String.raw`\.(\d{1,12})`),
    digits: 12,
    link: (p, r, [s = ""]) => `/255/${check(p + r)}${s}`,
  },
  ginc: { form: freeText(24), digits: 0, link: (p, r) => `/401/${p}${escaped(r)}` },
  gsin: { form: twoParts(), digits: 16, link: (p, r) => `/402/${check(p + r)}` },
  itip: {
    form: twoParts(String.raw`\.(\d\d)\.(\d\d)${serial(20)}`),
    digits: 13,
    link: (p, r, [piece = "", total = "", s = ""]) =>
      `/8006/${gtin(p, r)}${piece}${total}/21/${escaped(s)}`,
  },
  upui: {
    form: twoParts(serial(28)),
    digits: 13,
    link: (p, r, [s = ""]) => `/01/${gtin(p, r)}/235/${escaped(s)}`,
  },
};

const any = String.raw`\.\*`;
const urnSchemes: Readonly<Record<string, Readonly<Record<string, Scheme>>>> = {
  id: ids,
  class: {
    lgtin: {
      form: twoParts(serial(20)),
      digits: 13,
      link: (p, r, [lot = ""]) => `/01/${gtin(p, r)}/10/${escaped(lot)}`,
    },
  },
  idpat: {
    sgtin: { form: twoParts(any), digits: 13, link: (p, r) => `/01/${gtin(p, r)}` },
    upui: { form: twoParts(any), digits: 13, link: (p, r) => `/01/${gtin(p, r)}` },
    grai: { form: twoParts(any), digits: 12, link: (p, r) => `/8003/${check(`0${p}${r}`)}` },
    gdti: { form: twoParts(any), digits: 12, link: (p, r) => `/253/${check(p + r)}` },
    sgcn: { form: twoParts(any), digits: 12, link: (p, r) => `/255/${check(p + r)}` },
    cpi: {
      form: new RegExp(String.raw`^(\d{6,12})\.(${partCharacter}{1,24})${any}$`),
      digits: 0,
      link: (p, r) => `/8010/${p}${escaped(r)}`,
    },
    itip: {
      form: twoParts(String.raw`\.(\d\d)\.(\d\d)${any}`),
      digits: 13,
      link: (p, r, [piece = "", total = ""]) => `/8006/${gtin(p, r)}${piece}${total}`,
    },
  },
};

/** EPCs that are no keys of GS1: nothing of theirs is checked. */
const otherSchemes: ReadonlySet<string> = new Set(["gid", "usdod", "adi", "bic", "imovn"]);

interface LinkKey {
  readonly form: RegExp;
  /** Digits up to and including the check digit; 0 where there is none. */
  readonly checked: number;
  /** Qualifiers, the finest first; those that do not identify are stripped. */
  readonly qualifiers: readonly string[];
  readonly stripped?: readonly string[];
}

const value = "(?:[\\x22\\x27\\x2D\\x2E0-9;<=>?A-Z_a-z!(-,:]|%[0-9A-Fa-f]{2})";
const text = (length: number): string => `${value}{0,${length}}`;
const linkKeys: Readonly<Record<string, LinkKey>> = {
  "00": { form: /^\d{18}$/, checked: 18, qualifiers: [] },
  "01": {
    form: /^(?:\d{8}|\d{12,14})$/,
    checked: 14,
    qualifiers: ["21", "235", "10"],
    stripped: ["22"],
  },
  "253": { form: new RegExp(`^\\d{13}${text(17)}$`), checked: 13, qualifiers: [] },
  "255": { form: /^\d{13}\d{0,12}$/, checked: 13, qualifiers: [] },
  "401": { form: new RegExp(`^\\d{4}${text(26)}$`), checked: 0, qualifiers: [] },
  "402": { form: /^\d{17}$/, checked: 17, qualifiers: [] },
  "414": { form: /^\d{13}$/, checked: 13, qualifiers: ["254"], stripped: ["7040"] },
  "417": { form: /^\d{13}$/, checked: 13, qualifiers: [], stripped: ["7040"] },
  "8003": { form: new RegExp(`^0\\d{13}${text(16)}$`), checked: 14, qualifiers: [] },
  "8004": {
    form: new RegExp(`^\\d{4}${text(26)}$`),
    checked: 0,
    qualifiers: [],
    stripped: ["7040"],
  },
  "8006": { form: /^\d{18}$/, checked: 14, qualifiers: ["21", "10"], stripped: ["22"] },
  "8010": { form: /^\d{4}(?:[#\-/0-9A-Z]|%2[3Ff]){0,26}$/, checked: 0, qualifiers: ["8011"] },
  "8017": { form: /^\d{18}$/, checked: 18, qualifiers: [], stripped: ["8019"] },
  "8018": { form: /^\d{18}$/, checked: 18, qualifiers: [], stripped: ["8019"] },
};

/** The names that Digital Link had for application identifiers at first. */
const shortNames: Readonly<Record<string, string>> = {
  ...{ gtin: "01", itip: "8006", cpid: "8010", gln: "414", party: "417", gsrnp: "8017" },
  ...{ gsrn: "8018", gcn: "255", sscc: "00", gdti: "253", ginc: "401", gsin: "402" },
  ...{ grai: "8003", giai: "8004", cpv: "22", lot: "10", ser: "21" },
};

interface Reading {
  /** `/01/…/21/…` */
  readonly path: string;
  readonly fault?: string;
}

/**
 * The one spelling of a GS1 key that CBV 2.0 hashes: the canonical GS1 Digital Link URI with the finest identification
 * alone. Undefined for what is no key of GS1.
 */
export function canonicalKey(uri: string): string | undefined {
  const reading = uri.startsWith("urn:epc:") ? readUrn(uri) : readLink(uri);
  return reading?.path === undefined || reading.path === "" ? undefined : domain + reading.path;
}

/** Why a URI cannot be a key, in words; undefined for a good key and for what is no key of GS1. */
export function faultOfKey(uri: string): string | undefined {
  if (uri.startsWith("urn:epc:")) return readUrn(uri)?.fault;
  const reading = readLink(uri);
  if (reading !== undefined) return reading.fault;
  return /^https?:\/\/id\.gs1\.org(?:\/|$)/.test(uri)
    ? "is no GS1 Digital Link URI: it names no key in its form"
    : undefined;
}

function readUrn(uri: string): Reading | undefined {
  const match = /^urn:epc:(id|class|idpat):([a-z]+):(.*)$/.exec(uri);
  if (match === null) return undefined;
  const [, kind = "", name = "", body = ""] = match;
  if (otherSchemes.has(name)) return undefined;
  const scheme = urnSchemes[kind]?.[name];
  if (scheme === undefined) return { path: "", fault: `urn:epc:${kind}:${name} is no EPC scheme` };
  const parts = scheme.form.exec(body);
  const [, prefix = "", reference = "", ...rest] = parts ?? [];
  const fits = scheme.digits === 0 || prefix.length + reference.length === scheme.digits;
  if (parts === null || !fits) {
    const counted = scheme.digits === 0 ? "" : `, with ${scheme.digits} digits in the first two`;
    return { path: "", fault: `has not the parts of an ${name.toUpperCase()}${counted}` };
  }
  return { path: scheme.link(prefix, reference, rest) };
}

function readLink(uri: string): Reading | undefined {
  const path = /^https?:\/\/[^/?#\s]+\/([^?#\s]*)/.exec(uri)?.[1];
  if (path === undefined) return undefined;
  const segments = path.replace(/\/$/, "").split("/");
  for (let at = 0; at + 1 < segments.length; at += 1) {
    const reading = readKey(segments.slice(at));
    if (reading !== undefined) return reading;
  }
  return undefined;
}

function readKey([name = "", given = "", ...rest]: readonly string[]): Reading | undefined {
  const identifier = shortNames[name] ?? name;
  const key = Object.hasOwn(linkKeys, identifier) ? linkKeys[identifier] : undefined;
  if (key === undefined || rest.length % 2 !== 0 || !key.form.test(given)) return undefined;
  const qualifiers = new Map<string, string>();
  for (let at = 0; at < rest.length; at += 2) {
    const [qualifier = "", qualified = ""] = rest.slice(at, at + 2);
    qualifiers.set(shortNames[qualifier] ?? qualifier, qualified);
  }
  const known = [...key.qualifiers, ...(key.stripped ?? [])];
  if ([...qualifiers.keys()].some((qualifier) => !known.includes(qualifier))) return undefined;
  const primary = identifier === "01" ? given.padStart(14, "0") : given;
  const finest = key.qualifiers.find((qualifier) => qualifiers.has(qualifier));
  const tail = finest === undefined ? "" : `/${finest}/${escaped(qualifiers.get(finest) ?? "")}`;
  const fault = key.checked === 0 ? undefined : faultOfDigits(primary.slice(0, key.checked));
  return {
    path: `/${identifier}/${escaped(primary)}${tail}`,
    ...(fault !== undefined && { fault }),
  };
}

function faultOfDigits(digits: string): string | undefined {
  const expected = checkDigitOf(digits);
  return digits.endsWith(expected)
    ? undefined
    : `${digits} has a wrong check digit: the last digit would be ${expected}`;
}
