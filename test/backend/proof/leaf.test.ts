import { expect } from "chai";
import { AbiCoder, id, keccak256 } from "ethers";
import { leafOf } from "../../../backend/src/proof/leaf.ts";

const parts = {
  sha256: "11".repeat(32),
  hash: "ab".repeat(32),
  party: "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
  sequence: 4711,
};

function encoded({ sha256, hash, party, sequence }: typeof parts): string {
  const types = ["bytes32", "bytes32", "bytes32", "address", "uint64"];
  const values = [id("Sheaf.Event.v1"), `0x${sha256}`, `0x${hash}`, party, sequence];
  return keccak256(AbiCoder.defaultAbiCoder().encode(types, values));
}

describe("An event's leaf", () => {
  it("is what Solidity's abi.encode of its parts hashes to", () => {
    expect(leafOf(parts)).to.equal(encoded(parts));
    const late = { ...parts, sequence: Number.MAX_SAFE_INTEGER };
    expect(leafOf(late)).to.equal(encoded(late));
  });

  it("is another one when any part is", () => {
    const others = [
      { ...parts, sha256: "12".repeat(32) },
      { ...parts, hash: "ac".repeat(32) },
      { ...parts, party: "0x70997970C51812dc3A010C7d01b50e0d17dc79C8" },
      { ...parts, sequence: 4712 },
    ];
    expect(new Set([parts, ...others].map(leafOf)).size).to.equal(5);
  });
});
