import { getBytes, keccak256 } from "ethers";

/** Bits of a bloom filter: 2,048, as 512 digits. */
const digits = 512;

/** Digits and the bits in them that a log of one of these contracts sets in its block's filter. */
export class AddressBlooms {
  readonly #bits: readonly (readonly [place: number, bit: number])[][];

  constructor(addresses: readonly string[]) {
    this.#bits = addresses.map((address) => {
      const hash = getBytes(keccak256(address));
      return [0, 2, 4].map((at) => {
        const bit = (((hash[at] ?? 0) << 8) | (hash[at + 1] ?? 0)) & 2047;
        return [2 + digits - 1 - (bit >> 2), 1 << (bit & 3)] as const;
      });
    });
  }

  /**
   * Whether a block with this filter may have a log of one of the contracts. False is certain, if the network fills
   * the filters; true is a matter of chance where a block has many logs of others.
   */
  mayBeIn(bloom: string): boolean {
    return this.#bits.some((bits) =>
      bits.every(([place, bit]) => (parseInt(bloom.charAt(place), 16) & bit) !== 0),
    );
  }
}
