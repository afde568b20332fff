import { hexOf, type Hex } from "./hex.ts";
import { parentOf } from "./merkle-proof.ts";

const size = 32;

/**
 * A Merkle tree in the shape of OpenZeppelin's merkle-tree, so that its proofs are those of the library: one array with
 * the root first, the nodes under node i at 2i + 1 and 2i + 2, and the leaves at the end, the first one last.
 */
export class MerkleTree {
  /** @param nodes 32 bytes each, twice as many as leaves but one */
  private constructor(readonly nodes: Uint8Array) {}

  /** @param leaves of 32 bytes, at least one, in the order in which they are asked for */
  static of(leaves: readonly Uint8Array[]): MerkleTree {
    const growth = MerkleTree.growing(leaves, Infinity);
    for (;;) {
      const step = growth.next();
      if (step.done === true) return step.value;
    }
  }

  /** A tree that is built bit by bit: stops after so many nodes, so that others have their turn. */
  static *growing(leaves: readonly Uint8Array[], atOnce: number): Generator<void, MerkleTree> {
    if (leaves.length === 0) throw new Error("A tree has a leaf.");
    const nodes = new Uint8Array((2 * leaves.length - 1) * size);
    leaves.forEach((leaf, index) => {
      nodes.set(leaf, size * leafPlace(leaves.length, index));
    });
    const tree = new MerkleTree(nodes);
    for (let place = leaves.length - 2; place >= 0; place -= 1) {
      nodes.set(parentOf(tree.#node(2 * place + 1), tree.#node(2 * place + 2)), size * place);
      if (place % atOnce === 0) yield;
    }
    return tree;
  }

  /** Of its leaves. */
  get count(): number {
    return (this.nodes.length / size + 1) / 2;
  }

  get root(): Hex {
    return hexOf(this.#node(0));
  }

  proofOf(index: number): Hex[] {
    return placesBeside(this.count, index).map((place) => hexOf(this.#node(place)));
  }

  #node(place: number): Uint8Array {
    return this.nodes.subarray(size * place, size * (place + 1));
  }
}

/** Where the nodes stand that a leaf's proof consists of, from below, in a tree of so many leaves. */
export function placesBeside(count: number, index: number): number[] {
  const places: number[] = [];
  let place = leafPlace(count, index);
  while (place > 0) {
    places.push(place % 2 === 0 ? place - 1 : place + 1);
    place = (place - 1) >> 1;
  }
  return places;
}

function leafPlace(count: number, index: number): number {
  return 2 * count - 2 - index;
}
