import { expect } from "chai";
import {
  decodeRlp as decoded,
  encodeRlp as encoded,
  hexlify,
  type RlpStructuredData,
} from "ethers";
import fc from "fast-check";
import { bytesOf, hexOf, type Hex } from "../../../backend/src/proof/hex.ts";
import { decodeRlp, encodeRlp, type Rlp } from "../../../backend/src/proof/rlp.ts";

const { tree } = fc.letrec<{ tree: Rlp }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.uint8Array({ maxLength: 70 }),
    fc.array(tie("tree"), { maxLength: 20 }),
  ),
}));

const hex = (value: Rlp): RlpStructuredData =>
  value instanceof Uint8Array ? hexlify(value) : value.map(hex);

describe("RLP", () => {
  it("is written and read as ethers does", () => {
    fc.assert(
      fc.property(tree, (value) => {
        const bytes = encodeRlp(value);
        expect(hexOf(bytes)).to.equal(encoded(hex(value)));
        expect(hex(decodeRlp(bytes))).to.deep.equal(decoded(bytes));
      }),
    );
  });

  it("has one way to write a value: another one is refused", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        let value: Rlp;
        try {
          value = decodeRlp(bytes);
        } catch {
          return;
        }
        expect(hexOf(encodeRlp(value))).to.equal(hexOf(bytes));
      }),
    );
    for (const strange of [
      "0x",
      "0x8100",
      "0xb801",
      "0xb80100",
      "0xf800",
      "0xc101ff",
      "0xc2",
      "0xb90001aa",
    ]) {
      expect(() => decodeRlp(bytesOf(strange as Hex)), strange).to.throw("no RLP");
    }
  });
});
