import { fieldLeafOf, type CommittedDocument, type DisclosedField } from "../proof/document.ts";
import { bytesOf, type Hex } from "../proof/hex.ts";
import { MerkleTree } from "../proof/merkle-tree.ts";

/** A document as a tree of its fields. */
export interface Commitment {
  readonly root: Hex;
  /** Fields with their proofs. Throws for a name that there is not. */
  readonly fieldsOf: (names: readonly string[]) => DisclosedField[];
}

/** @param salts by field */
export function commitmentOf(
  { kind, fields }: CommittedDocument,
  salts: ReadonlyMap<string, Hex>,
): Commitment {
  const salted = Object.entries(fields).map(([name, value]) => {
    const salt = salts.get(name);
    if (salt === undefined) throw new Error(`The field ${name} has no salt.`);
    return { name, value, salt, leaf: fieldLeafOf(kind, { name, value, salt }) };
  });
  // In the order of the leaves, which the salts make: the place of a field says nothing of its name.
  salted.sort((one, other) => (one.leaf < other.leaf ? -1 : 1));
  const tree = MerkleTree.of(salted.map(({ leaf }) => bytesOf(leaf)));
  return {
    root: tree.root,
    fieldsOf: (names) =>
      names.map((name) => {
        const place = salted.findIndex((field) => field.name === name);
        const field = salted[place];
        if (field === undefined) throw new Error(`There is no field ${name}.`);
        const { value, salt } = field;
        return { name, value, salt, proof: tree.proofOf(place) };
      }),
  };
}
