import { keccak_256 } from "@noble/hashes/sha3.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { bytesOf, hexOf, isHex, type Hex } from "./hex.ts";
import { rootFrom } from "./merkle-proof.ts";

// Documents whose fields are committed to one by one: who shows one of them says nothing of the others.

export const documentKinds = ["order", "receipt", "certificate", "testResult"] as const;
export type DocumentKind = (typeof documentKinds)[number];

export const mostFields = 100;
export const longestName = 64;
export const longestValue = 2000;

/** What is committed to. */
export interface CommittedDocument {
  readonly kind: DocumentKind;
  /** Values by name; numbers as text. */
  readonly fields: Readonly<Record<string, string>>;
}

/** A field, with what proves that it is in a document. */
export interface DisclosedField {
  readonly name: string;
  readonly value: string;
  /** 32 bytes that were drawn for this field of this document alone. */
  readonly salt: Hex;
  /** The nodes beside the leaf's way to the root, from below. */
  readonly proof: readonly Hex[];
}

/** Of a document, the fields that its party shows. */
export interface DisclosedDocument {
  readonly root: Hex;
  readonly kind: DocumentKind;
  /** The account of whose document it is: said by whoever gives it, until the chain says who committed to the root. */
  readonly party: string;
  readonly fields: readonly DisclosedField[];
}

const word = 32;

/** Says that a leaf is a field of a document of Sheaf's, in its first form. */
const domainTag = keccak_256(utf8ToBytes("Sheaf.Document.v1"));

/**
 * keccak256(abi.encode(bytes32 domainTag, bytes32 keccak256(kind), bytes32 salt, bytes32 keccak256(name),
 * bytes32 keccak256(value))), texts in UTF-8. Five words: no node of a tree, which is hashed from two, passes for a leaf.
 */
export function fieldLeafOf(
  kind: DocumentKind,
  { name, value, salt }: Pick<DisclosedField, "name" | "value" | "salt">,
): Hex {
  const words = [domainTag, digestOf(kind), bytesOf(salt), digestOf(name), digestOf(value)];
  const encoded = new Uint8Array(words.length * word);
  words.forEach((each, place) => {
    encoded.set(each, place * word);
  });
  return hexOf(keccak_256(encoded));
}

/** What first fails to hold of a field. Takes what comes from anybody. */
export function faultOfField(
  { root, kind }: Pick<DisclosedDocument, "root" | "kind">,
  field: DisclosedField,
): "form" | "root" | undefined {
  const { salt, proof } = field;
  if (!isHex(salt, word) || !proof.every((node) => isHex(node, word))) return "form";
  return rootFrom(fieldLeafOf(kind, field), proof) === root ? undefined : "root";
}

/** Why a text cannot be a field's name, in words. */
export function faultOfName(name: string): string | undefined {
  if (name.length > longestName) return `has a name of more than ${longestName} characters`;
  if (!/^[a-z][A-Za-z0-9]*(?:[._-][A-Za-z0-9]+)*$/.test(name)) {
    return "has a name that is not a lower-case letter, letters and digits, in parts divided by `.`, `-` or `_`";
  }
  return name in Object.prototype ? "has a name that no field can have" : undefined;
}

function digestOf(text: string): Uint8Array {
  return keccak_256(utf8ToBytes(text));
}
