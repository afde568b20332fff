import { createHash } from "node:crypto";
import { id } from "ethers";

/** What is looked for: a fact, and in which shape. */
interface Needle {
  readonly what: string;
  readonly text: string;
}

/** Looks for facts that must not be there: as they are, in parts, as hexadecimal digits, and as a plain hash. */
export class PrivateFacts {
  readonly #needles: readonly Needle[];

  constructor(facts: readonly string[]) {
    this.#needles = facts.flatMap(spelled).flatMap(shapesOf);
  }

  /** What of them is in a text. */
  in(text: string): string[] {
    const folded = text.toLowerCase();
    return this.#needles.filter((needle) => folded.includes(needle.text)).map(({ what }) => what);
  }
}

/** A name by each of its scripts; a phone with and without spaces and country; a coordinate to eleven metres. */
function spelled(fact: string): string[] {
  if (fact.startsWith("+")) {
    const local = fact.replace(/^\+\d+ /, "");
    return [fact, local, fact.replaceAll(" ", ""), local.replaceAll(" ", "")];
  }
  if (/^\d/.test(fact)) return [fact, fact.slice(0, -2)];
  const [, latin = fact, chinese] = /^([\p{Script=Latin} ]+) (\p{Script=Han}+)$/u.exec(fact) ?? [];
  return [fact, latin, ...(chinese === undefined ? [] : [chinese])];
}

function shapesOf(spelling: string): Needle[] {
  const sha256 = createHash("sha256").update(spelling, "utf8");
  return Object.entries({
    "as it is": spelling,
    escaped: JSON.stringify(spelling)
      .slice(1, -1)
      .replace(/\P{ASCII}/gu, escaped),
    "in an address": encodeURIComponent(spelling),
    "as digits": Buffer.from(spelling, "utf8").toString("hex"),
    "as its sha-256": sha256.copy().digest("hex"),
    "as its sha-256 in base64": sha256.copy().digest("base64"),
    "as its keccak-256": id(spelling).slice(2),
  }).map(([shape, text]) => ({ what: `${spelling} ${shape}`, text: text.toLowerCase() }));
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
