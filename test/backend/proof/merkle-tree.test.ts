import { SimpleMerkleTree } from "@openzeppelin/merkle-tree";
import { expect } from "chai";
import { keccak256, toBeHex } from "ethers";
import { bytesOf, hexOf, type Hex } from "../../../backend/src/proof/hex.ts";
import { rootFrom } from "../../../backend/src/proof/merkle-proof.ts";
import { MerkleTree } from "../../../backend/src/proof/merkle-tree.ts";

const leavesOf = (count: number): Hex[] =>
  Array.from({ length: count }, (_, index) => keccak256(toBeHex(index + 1, 32)) as Hex);

describe("A Merkle tree", () => {
  it("has the root and the proofs of OpenZeppelin's, for every number of leaves up to 70", () => {
    for (let count = 1; count <= 70; count += 1) {
      const leaves = leavesOf(count);
      const ours = MerkleTree.of(leaves.map(bytesOf));
      const theirs = SimpleMerkleTree.of(leaves, { sortLeaves: false });
      expect(ours.root).to.equal(theirs.root);
      leaves.forEach((leaf, index) => {
        expect(ours.proofOf(index)).to.deep.equal(theirs.getProof(index));
        expect(rootFrom(leaf, theirs.getProof(index) as Hex[])).to.equal(theirs.root);
      });
    }
  });

  it("is the same when it is built bit by bit", () => {
    const leaves = leavesOf(100).map(bytesOf);
    const growth = MerkleTree.growing(leaves, 7);
    let steps = 0;
    for (;;) {
      const step = growth.next();
      if (step.done === true) {
        expect(hexOf(step.value.nodes)).to.equal(hexOf(MerkleTree.of(leaves).nodes));
        break;
      }
      steps += 1;
    }
    expect(steps).to.equal(Math.ceil(99 / 7));
  });

  it("proves no other leaf, nor a leaf with a changed proof", () => {
    const leaves = leavesOf(9);
    const tree = MerkleTree.of(leaves.map(bytesOf));
    const proof = tree.proofOf(4);
    expect(rootFrom(leaves[4]!, proof)).to.equal(tree.root);
    expect(rootFrom(leaves[5]!, proof)).not.to.equal(tree.root);
    expect(rootFrom(leaves[4]!, proof.slice(1))).not.to.equal(tree.root);
    expect(rootFrom(leaves[4]!, [...proof].reverse())).not.to.equal(tree.root);
  });

  it("of nothing is none", () => {
    expect(() => MerkleTree.of([])).to.throw("A tree has a leaf.");
  });
});
