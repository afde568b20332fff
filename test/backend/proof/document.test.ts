import { SimpleMerkleTree } from "@openzeppelin/merkle-tree";
import { readFileSync } from "node:fs";
import { expect } from "chai";
import { AbiCoder, id, keccak256 } from "ethers";
import fc from "fast-check";
import { commitmentOf, type Commitment } from "../../../backend/src/document/commitment.ts";
import { saltsOf } from "../../../backend/src/document/salts.ts";
import {
  faultOfField,
  faultOfName,
  fieldLeafOf,
  type CommittedDocument,
  type DisclosedField,
} from "../../../backend/src/proof/document.ts";

const secret = "11".repeat(32);
const document: CommittedDocument = {
  kind: "testResult",
  fields: {
    laboratory: "Jiangnan Grain Laboratory 江南粮食检测所",
    moisture: "13.8",
    moistureUnit: "P1",
    cadmium: "0.02",
    sampler: "Wang Xiulan",
  },
};

function committed(other: Partial<CommittedDocument> = {}, by = secret): Commitment {
  const whole = { ...document, ...other };
  return commitmentOf(whole, saltsOf(by, whole));
}

function shownBy(commitment: Commitment, name: string): DisclosedField {
  const [field] = commitment.fieldsOf([name]);
  if (field === undefined) throw new Error(`There is no ${name}.`);
  return field;
}

describe("A document's commitment", () => {
  it("has leaves as docs/bundles.md works one out by hand", () => {
    const salt = `0x${"ab".repeat(32)}` as const;
    const leaf = fieldLeafOf("testResult", { name: "moisture", value: "13.8", salt });
    const [tag, kind, name, value] = ["Sheaf.Document.v1", "testResult", "moisture", "13.8"].map(
      id,
    );
    const words = [tag, kind, salt, name, value];
    const types = words.map(() => "bytes32");
    expect(leaf).to.equal(keccak256(AbiCoder.defaultAbiCoder().encode(types, words)));
    const example = readFileSync("docs/bundles.md", "utf8");
    for (const word of [...words, leaf]) expect(example).to.include(String(word));
  });

  it("is a tree as OpenZeppelin builds it, of any number of fields", () => {
    for (let count = 1; count <= 20; count += 1) {
      const fields = Object.fromEntries(
        Array.from({ length: count }, (_, at) => [`f${at}`, String(at)]),
      );
      const commitment = committed({ fields });
      const { root } = commitment;
      const shown = commitment.fieldsOf(Object.keys(fields));
      const leaves = shown.map((field) => fieldLeafOf("testResult", field));
      const tree = SimpleMerkleTree.of(leaves);
      expect(root, String(count)).to.equal(tree.root);
      shown.forEach((field, at) => {
        expect(field.proof).to.deep.equal(tree.getProof(leaves[at] ?? ""));
        expect(faultOfField({ root, kind: "testResult" }, field)).to.equal(undefined);
      });
    }
  });

  it("is the same for the same document, in whatever order its fields come", () => {
    const turned = Object.fromEntries(Object.entries(document.fields).reverse());
    expect(committed({ fields: turned }).root).to.equal(committed().root);
  });

  it("is another one for another kind, another value and another party", () => {
    const roots = [
      committed(),
      committed({ kind: "certificate" }),
      committed({ fields: { ...document.fields, moisture: "13.80" } }),
      committed({}, "22".repeat(32)),
    ].map(({ root }) => root);
    expect(new Set(roots).size).to.equal(4);
  });

  it("gives no two fields the same salt, nor the same field of two documents", () => {
    const others = { ...document, fields: { ...document.fields, cadmium: "0.03" } };
    const salts = [...saltsOf(secret, document).values(), ...saltsOf(secret, others).values()];
    expect(new Set(salts).size).to.equal(10);
  });

  it("does not tell who guesses a value whether it is the right one, without its salt", () => {
    const commitment = committed();
    const { root } = commitment;
    const shown = shownBy(commitment, "cadmium");
    const guess = { ...shownBy(commitment, "sampler"), salt: shown.salt };
    const told = JSON.stringify([root, shown]);
    expect(faultOfField({ root, kind: "testResult" }, guess)).to.equal("root");
    for (const guessed of [fieldLeafOf("testResult", guess), id(guess.value)]) {
      expect(told).not.to.contain(guessed.slice(2));
    }
  });

  it("is broken by any other name, value, salt, kind or proof", () => {
    const commitment = committed();
    const of = { root: commitment.root, kind: "testResult" } as const;
    const field = shownBy(commitment, "moisture");
    const other = `0x${"0".repeat(64)}` as const;
    for (const changed of [
      { ...field, name: "cadmium" },
      { ...field, value: "13.9" },
      { ...field, salt: other },
      { ...field, proof: [other, ...field.proof.slice(1)] },
      { ...field, proof: field.proof.slice(1) },
    ]) {
      expect(faultOfField(of, changed)).to.equal("root");
    }
    expect(faultOfField({ ...of, kind: "receipt" }, field)).to.equal("root");
    expect(faultOfField(of, { ...field, salt: "0x12" })).to.equal("form");
    expect(faultOfField(of, { ...field, proof: ["0xzz"] })).to.equal("form");
  });

  it("keeps name and value apart, whatever they hold", () => {
    const salt = `0x${"01".repeat(32)}` as const;
    const leafOf = (name: string, value: string): string =>
      fieldLeafOf("order", { name, value, salt });
    const texts = [fc.string({ maxLength: 3 }), fc.string({ maxLength: 3 })] as const;
    fc.assert(
      fc.property(...texts, ...texts, (name, value, otherName, otherValue) => {
        const isSame = name === otherName && value === otherValue;
        return (leafOf(name, value) === leafOf(otherName, otherValue)) === isSame;
      }),
    );
    expect(leafOf("ab", "c")).not.to.equal(leafOf("a", "bc"));
  });

  it("takes names that are plain, and says of others why not", () => {
    for (const name of ["a", "moisture", "plot.lat", "lot-2_b", "a".repeat(64)]) {
      expect(faultOfName(name), name).to.equal(undefined);
    }
    for (const name of ["", "A", "1a", "a b", "a..b", "a.", "ä", "a".repeat(65), "constructor"]) {
      expect(faultOfName(name), name).to.match(/^has a name/);
    }
  });
});
