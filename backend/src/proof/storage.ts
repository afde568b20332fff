import { keccak_256 } from "@noble/hashes/sha3.js";
import type { AnchorOnChain } from "./anchor-call.ts";
import { bytesOf, hexOf, type Hex } from "./hex.ts";

// Where the contracts keep what a bundle proves: tests compare this with what the contracts say themselves.

/** Of `Liens`: the loan on a root, all of it in one word (contracts/lien/LoanPacking.sol). */
export function loanSlot(root: Hex): Hex {
  return mappingSlot(root, 0);
}

/** Of `Provenance`: who anchored a root and when, and what it is of. */
export function anchorSlots(root: Hex): readonly [Hex, Hex] {
  const first = mappingSlot(root, 1);
  return [first, slotAt(BigInt(first) + 1n)];
}

/** What a root's word in `Liens` says in public: the rest of it is between the parties. */
export interface LoanWord {
  readonly isEncumbered: boolean;
  /** Money acts on the root so far. */
  readonly revision: number;
  /** Civil day of the first drawdown, from 1970-01-01; 0 where there is none. */
  readonly sinceDay: number;
}

export function loanIn(word: bigint): LoanWord {
  const part = (from: bigint, bits: bigint): number => Number((word >> from) & ((1n << bits) - 1n));
  return {
    isEncumbered: part(232n, 24n) !== 0,
    revision: part(208n, 24n),
    sinceDay: part(176n, 16n),
  };
}

/** Null for a root that was never anchored. */
export function anchorIn(first: bigint, second: bigint): AnchorOnChain | null {
  const part = (word: bigint, from: bigint, bits: bigint): bigint =>
    (word >> from) & ((1n << bits) - 1n);
  const at = Number(part(first, 160n, 64n));
  if (at === 0) return null;
  return {
    by: `0x${part(first, 0n, 160n).toString(16).padStart(40, "0")}`,
    at,
    first: Number(part(second, 0n, 64n)),
    count: Number(part(second, 64n, 32n)),
  };
}

/** Where Solidity puts a mapping's value. */
function mappingSlot(key: Hex, position: number): Hex {
  const words = new Uint8Array(64);
  words.set(bytesOf(key));
  words[63] = position;
  return hexOf(keccak_256(words));
}

function slotAt(place: bigint): Hex {
  return `0x${(place % (1n << 256n)).toString(16).padStart(64, "0")}`;
}
