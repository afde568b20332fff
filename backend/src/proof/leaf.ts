import { keccak_256 } from "@noble/hashes/sha3.js";
import { hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { bytesOf, hexOf, type Hex } from "./hex.ts";

/** What an event's leaf commits to. */
export interface LeafParts {
  /** Of the stored event in canonical JSON: 64 hexadecimal digits. */
  readonly sha256: string;
  /** CBV 2.0's event hash: 64 hexadecimal digits. */
  readonly hash: string;
  /** The account of who captured it. */
  readonly party: string;
  /** Among the events of the party. */
  readonly sequence: number;
}

const word = 32;

/** Says that a leaf is an event of Sheaf's, in its first form, and nothing else that is hashed anywhere. */
const domainTag = keccak_256(utf8ToBytes("Sheaf.Event.v1"));

/** keccak256(abi.encode(bytes32 domainTag, bytes32 sha256, bytes32 hash, address party, uint64 sequence)) */
export function leafOf(parts: LeafParts): Hex {
  return hexOf(leafBytesOf(parts));
}

export function leafBytesOf({ sha256, hash, party, sequence }: LeafParts): Uint8Array {
  const encoded = new Uint8Array(5 * word);
  encoded.set(domainTag);
  encoded.set(hexToBytes(sha256), word);
  encoded.set(hexToBytes(hash), 2 * word);
  encoded.set(bytesOf(party as Hex), 4 * word - 20);
  new DataView(encoded.buffer).setBigUint64(5 * word - 8, BigInt(sequence));
  return keccak_256(encoded);
}
