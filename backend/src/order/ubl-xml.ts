import { XMLParser, XMLValidator } from "fast-xml-parser";
import { DomainError } from "../chain/domain-error.ts";
import { LineCounter } from "./order-source.ts";

/** Elements within elements; UBL's own documents go about ten deep. */
const deepest = 32;

/** Elements and attributes; 10,000 order lines have 210,000. The parser makes a kilobyte of memory of one. */
const mostParts = 300_000;
/** Line ends that are put right; a document with each part on two lines of its own has as many. */
const mostLines = 2 * mostParts;
/** Characters of a tag or a text, an attachment's too: the parser puts them together one by one, at 32 bytes each. */
const longestPart = 2 ** 20;
/** What the validator says may quote all that it has read. */
const longestReason = 200;

const startOf = XMLParser.getMetaDataSymbol() as symbol;

/** An element: text alone, or children and attributes (`@_name`, and `#text` beside them) by local name. */
export type XmlElement = string | { readonly [name: string]: XmlElement | readonly XmlElement[] };

/** The root of a document. */
export interface XmlDocument {
  readonly name: string;
  readonly root: XmlElement;
  /** With line breaks as `\n`, which places count in. */
  readonly text: string;
}

/**
 * Parses XML that comes from outside: no document types, no entities but XML's own five, no deep nesting.
 * Namespace prefixes are dropped.
 * @throws DomainError `DocumentTypeRefused`, `MalformedXml` (both with the line), `XmlTooDeep`, `XmlTooManyParts`,
 * `XmlPartTooLong`
 */
export function parseXml(given: string): XmlDocument {
  if (countOf(given, "\r") > mostLines)
    throw new DomainError("XmlTooManyParts", { most: mostParts });
  const text = given.replace(/\r\n?/g, "\n");
  // Looked for in the bare text: what the parser would make of it is nobody's risk then.
  const doctype = /<!(DOCTYPE|ENTITY)/i.exec(text);
  if (doctype !== null) {
    throw new DomainError("DocumentTypeRefused", { line: lineAt(text, doctype.index) });
  }
  if (partsIn(text) > mostParts) throw new DomainError("XmlTooManyParts", { most: mostParts });
  if (longestRun(text) > longestPart) {
    throw new DomainError("XmlPartTooLong", { longest: longestPart });
  }
  // Its successor is a package of its own; this one comes with the parser and does the same.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const wellFormed = XMLValidator.validate(text);
  if (wellFormed !== true) {
    throw new DomainError("MalformedXml", {
      line: wellFormed.err.line,
      reason: wellFormed.err.msg.slice(0, longestReason),
    });
  }
  const children = Object.entries(parsed(text)).filter(([name]) => !name.startsWith("?"));
  const [first, second] = children;
  if (first === undefined || second !== undefined || Array.isArray(first[1])) {
    throw new DomainError("MalformedXml", { line: 1, reason: "A document has one root element." });
  }
  return { name: first[0], root: first[1] as XmlElement, text };
}

/** At most as many as there really are parts, counted without parsing: each begins with `<`, or has a `=`. */
function partsIn(text: string): number {
  return countOf(text, "=") + countOf(text, "<") - countOf(text, "</");
}

function countOf(text: string, what: string): number {
  let count = 0;
  for (let at = text.indexOf(what); at !== -1; at = text.indexOf(what, at + 1)) count += 1;
  return count;
}

/** Of characters without a bracket among them. */
function longestRun(text: string): number {
  let longest = 0;
  let from = 0;
  for (let at = 0; at <= text.length; at += 1) {
    if (at < text.length && text[at] !== "<" && text[at] !== ">") continue;
    longest = Math.max(longest, at - from);
    from = at;
  }
  return longest;
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  const parser = new XMLParser({
    // The parser's own way to drop prefixes drops the declarations of namespaces with them.
    transformTagName: (name) => name.replace(/^.*:/, ""),
    ignoreAttributes: false,
    parseTagValue: false,
    processEntities: false,
    captureMetaData: true,
    maxNestedTags: deepest,
  });
  try {
    return parser.parse(text) as Readonly<Record<string, unknown>>;
  } catch (error) {
    if (error instanceof Error && /nested/i.test(error.message)) {
      throw new DomainError("XmlTooDeep", { deepest });
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new DomainError("MalformedXml", { line: 1, reason });
  }
}

/** All elements at the end of a path of local names. */
export function elementsAt(from: XmlElement, ...path: readonly string[]): readonly XmlElement[] {
  return path.reduce<readonly XmlElement[]>(
    (elements, name) =>
      elements.flatMap((element) =>
        typeof element === "string" || !Object.hasOwn(element, name) ? [] : (element[name] ?? []),
      ),
    [from],
  );
}

/** The texts of all elements at the end of a path; empty ones left out. */
export function textsAt(from: XmlElement, ...path: readonly string[]): readonly string[] {
  return elementsAt(from, ...path)
    .map(textOf)
    .filter((text) => text !== "");
}

/** The text of the first element at the end of a path that has any. */
export function textAt(from: XmlElement, ...path: readonly string[]): string | undefined {
  return textsAt(from, ...path)[0];
}

/** An attribute of an element. */
export function attributeOf(element: XmlElement | undefined, name: string): string | undefined {
  const text = element === undefined ? undefined : textAt(element, `@_${name}`);
  return text === "" ? undefined : text;
}

function textOf(element: XmlElement): string {
  if (typeof element === "string") return decoded(element).trim();
  const text = element["#text"];
  return typeof text === "string" ? decoded(text).trim() : "";
}

/** Where in `XmlDocument.text` an element begins; undefined for one that is text alone. */
export function placeOf(element: XmlElement): number | undefined {
  if (typeof element === "string") return undefined;
  const meta = (element as unknown as Record<symbol, { startIndex?: number } | undefined>)[startOf];
  return meta?.startIndex;
}

const named: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  amp: "&",
  apos: "'",
  quot: '"',
};

function decoded(text: string): string {
  return text.replace(/&(#x[\da-f]{1,6}|#\d{1,7}|\w+);/gi, (reference, name: string) => {
    if (!name.startsWith("#")) return named[name] ?? reference;
    const code = Number(/^#x/i.test(name) ? `0x${name.slice(2)}` : name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : reference;
  });
}

function lineAt(text: string, place: number): number {
  return new LineCounter(text).lineOf(place);
}
