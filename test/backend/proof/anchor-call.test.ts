import { expect } from "chai";
import { Interface } from "ethers";
import { anchorAnswer, anchorCall } from "../../../backend/src/proof/anchor-call.ts";

const provenance = new Interface([
  "function anchorOf(bytes32 root) view returns (tuple(address by, uint64 at, uint64 first, uint32 count))",
]);
const root = `0x${"5e".repeat(32)}` as const;
const by = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";

describe("Asking the chain for a root by hand", () => {
  it("calls anchorOf as any library would", () => {
    expect(anchorCall(root)).to.equal(provenance.encodeFunctionData("anchorOf", [root]));
  });

  it("reads the answer as any library would", () => {
    const told = { by, at: 1_764_000_000n, first: 16_385n, count: 16_384n };
    expect(anchorAnswer(provenance.encodeFunctionResult("anchorOf", [told]))).to.deep.equal({
      by: by.toLowerCase(),
      at: 1_764_000_000,
      first: 16_385,
      count: 16_384,
    });
  });

  it("says that a root was never anchored", () => {
    expect(anchorAnswer(`0x${"0".repeat(256)}`)).to.equal(null);
  });

  it("takes nothing else for an answer", () => {
    for (const data of ["0x", "", `0x${"0".repeat(255)}`, `0x${"g".repeat(256)}`]) {
      expect(() => anchorAnswer(data)).to.throw("no answer");
    }
  });
});
