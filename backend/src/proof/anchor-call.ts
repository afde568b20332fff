import { keccak_256 } from "@noble/hashes/sha3.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { hexOf, type Hex } from "./hex.ts";

/** What `Provenance` keeps of a root. */
export interface AnchorOnChain {
  /** The account that anchored it. */
  readonly by: Hex;
  /** Unix seconds. */
  readonly at: number;
  /** Place in the record of the tree's first event. */
  readonly first: number;
  /** Leaves of the tree. */
  readonly count: number;
}

const selector = hexOf(keccak_256(utf8ToBytes("anchorOf(bytes32)")).subarray(0, 4));

/** The data of an `eth_call` to `Provenance.anchorOf(bytes32 root)`, so that who asks needs no library for it. */
export function anchorCall(root: Hex): Hex {
  return `${selector}${root.slice(2)}`;
}

/**
 * What that call answers.
 * @returns null for a root that was never anchored
 * @throws Error for an answer that is none of the contract's
 */
export function anchorAnswer(data: string): AnchorOnChain | null {
  if (!/^0x(?:[0-9a-f]{64}){4}$/i.test(data)) throw new Error("This is no answer of Provenance's.");
  const word = (place: number): string => data.slice(2 + 64 * place, 66 + 64 * place);
  const whole = (place: number): number => Number(BigInt(`0x${word(place)}`));
  const at = whole(1);
  if (at === 0) return null;
  return { by: `0x${word(0).slice(24)}`, at, first: whole(2), count: whole(3) };
}
