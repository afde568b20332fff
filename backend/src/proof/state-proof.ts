import { keccak_256 } from "@noble/hashes/sha3.js";
import { bytesOf, hexOf, type Hex } from "./hex.ts";
import { decodeRlp, encodeRlp, type Rlp } from "./rlp.ts";

/** The nodes that lead from a state's root to what is stored, as `eth_getProof` gives them. */
export type StateProof = readonly Hex[];

/**
 * The root of an account's storage in a state; null where the state has no such account.
 * @throws Error for a proof that does not lead there
 */
export function storageRootOf(stateRoot: Hex, account: Hex, proof: StateProof): Hex | null {
  const value = proven(stateRoot, bytesOf(account), proof);
  if (value === null) return null;
  const fields = listOf(decodeRlp(value));
  if (fields.length !== 4) throw broken();
  return hexOf(bytesIn(fields[2]));
}

/**
 * What a slot of a storage holds; 0 where the proof shows that it holds nothing.
 * @throws Error for a proof that does not lead there
 */
export function slotOf(storageRoot: Hex, slot: Hex, proof: StateProof): bigint {
  // Of a storage without anything nodes give no proof, or the empty trie itself.
  if (storageRoot === emptyTrie && proof.every((node) => node === "0x80")) return 0n;
  const value = proven(storageRoot, bytesOf(slot), proof);
  return value === null ? 0n : BigInt(hexOf(bytesIn(decodeRlp(value))));
}

const emptyTrie = hexOf(keccak_256(encodeRlp(new Uint8Array())));

/** What a Merkle Patricia trie has under a key; null where the proof shows that it has nothing (Yellow Paper, appendix D). */
function proven(root: Hex, key: Uint8Array, proof: StateProof): Uint8Array | null {
  const path = Array.from(hexOf(keccak_256(key)).slice(2), (digit) => parseInt(digit, 16));
  const nodes = proof.map(bytesOf);
  let used = 0;
  let at = 0;
  let next: Rlp = bytesOf(root);
  for (;;) {
    const node: readonly Rlp[] = nodeOf(next, nodes[used]);
    if (next instanceof Uint8Array) used += 1;
    let found: Rlp | undefined;
    if (node.length === 17) {
      found = node[path[at] ?? path.length];
      at += 1;
    } else if (node.length === 2) {
      const { digits, isLeaf } = compact(bytesIn(node[0]));
      const isOnPath = digits.every((digit, place) => digit === path[at + place]);
      at += digits.length;
      if (!isOnPath || (isLeaf && at !== path.length)) return ended(used, nodes, null);
      if (isLeaf) return ended(used, nodes, bytesIn(node[1]));
      [, found] = node;
    }
    if (found === undefined) throw broken();
    if (found instanceof Uint8Array && found.length === 0) return ended(used, nodes, null);
    next = found;
  }
}

/** The node that a hash stands for; one of less than 32 bytes stands in its parent itself. */
function nodeOf(reference: Rlp, bytes: Uint8Array | undefined): readonly Rlp[] {
  if (!(reference instanceof Uint8Array)) return reference;
  if (bytes === undefined || hexOf(keccak_256(bytes)) !== hexOf(reference)) throw broken();
  return listOf(decodeRlp(bytes));
}

function ended<T>(used: number, nodes: readonly Uint8Array[], value: T): T {
  if (used !== nodes.length) throw broken();
  return value;
}

function compact(bytes: Uint8Array): { digits: number[]; isLeaf: boolean } {
  const all = Array.from(hexOf(bytes).slice(2), (digit) => parseInt(digit, 16));
  const [flag = 0] = all;
  if (flag > 3) throw broken();
  return { digits: all.slice(flag % 2 === 1 ? 1 : 2), isLeaf: flag >= 2 };
}

function listOf(value: Rlp): readonly Rlp[] {
  if (value instanceof Uint8Array) throw broken();
  return value;
}

function bytesIn(value: Rlp | undefined): Uint8Array {
  if (!(value instanceof Uint8Array)) throw broken();
  return value;
}

function broken(): Error {
  return new Error("The proof does not lead there.");
}
