import { keccak_256 } from "@noble/hashes/sha3.js";
import { bytesOf, hexOf, type Hex } from "./hex.ts";

/**
 * The node above two, whichever is first: keccak256 of both, the smaller one first, as OpenZeppelin's `MerkleProof` has
 * it. A proof therefore says that a leaf is in the tree, and not at which place.
 */
export function parentOf(one: Uint8Array, other: Uint8Array): Uint8Array {
  const pair = new Uint8Array(64);
  const isFirst = isBefore(one, other);
  pair.set(isFirst ? one : other);
  pair.set(isFirst ? other : one, 32);
  return keccak_256(pair);
}

/** The root that a leaf and the nodes beside its way up lead to. */
export function rootFrom(leaf: Hex, proof: readonly Hex[]): Hex {
  return hexOf(proof.reduce((node, beside) => parentOf(node, bytesOf(beside)), bytesOf(leaf)));
}

function isBefore(one: Uint8Array, other: Uint8Array): boolean {
  const at = one.findIndex((byte, place) => byte !== other[place]);
  return at >= 0 && (one[at] ?? 0) < (other[at] ?? 0);
}
