import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { mutantsOf, type Mutant } from "../../scripts/mutation/mutants/mutants.ts";
import { TestOrder } from "../../scripts/mutation/test-order.ts";
import { Compiler } from "../../scripts/solidity/compiler.ts";

const file = "Store.sol";
const source = `pragma solidity 0.8.37;
contract Store {
    // Σ in a comment takes two bytes.
    uint256 private constant MOST = 1_000;
    uint256 public held;
    event Held(uint256 before, uint256 held);
    modifier never() { if (held > MOST) revert(); _; }
    function add(uint256 a, uint256 b) external never returns (uint256) {
        require(a <= b && b != 0, "order");
        emit Held(held, held + a);
        held += a;
        return a < b ? a : b;
    }
}
`;

describe("Mutants", () => {
  let folder: string;
  let compiler: Compiler;
  let mutants: readonly Mutant[];

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "sheaf-"));
    writeFileSync(join(folder, file), source);
    compiler = new Compiler(folder, { evmVersion: "cancun" }, [file]);
    mutants = mutantsOf(file, source, compiler.treeOf(file));
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  const faults = (operator: string): readonly string[] =>
    mutants
      .filter((mutant) => mutant.operator === operator)
      .map(({ original, mutated }) => `${original} → ${mutated}`);

  it("are one small fault each, of every kind", () => {
    expect(faults("operator")).to.have.members([
      ...["> → >=", "> → <=", "<= → <", "<= → >", "&& → ||"],
      ...["!= → ==", "+ → -", "< → <=", "< → >="],
    ]);
    expect(faults("literal")).to.have.members([
      ...["1_000 → 0", "1_000 → 1001", "1_000 → 999", "0 → 1"],
    ]);
    expect(faults("condition")).to.have.members(["held > MOST → true", "held > MOST → false"]);
    expect(faults("requirement")).to.deep.equal(["a <= b && b != 0 → true"]);
    expect(faults("assignment")).to.deep.equal(["+= → -="]);
    expect(faults("choice")).to.deep.equal(["a : b → b : a"]);
    expect(faults("answer")).to.deep.equal(["a < b ? a : b → 0"]);
    expect(faults("modifier")).to.deep.equal(["never → "]);
    expect(faults("arguments")).to.deep.equal(["held, held + a → held + a, held"]);
    expect(faults("statement")).to.have.members([
      ...["revert(); → {}", "emit Held(held, held + a); → {}", "held += a; → {}"],
    ]);
  });

  it("stand where the fault is, whatever comes before", () => {
    const dropped = mutants.find(({ original }) => original === "held += a;")!;
    expect(dropped.line).to.equal(11);
    expect(dropped.within).to.equal("add");
    expect(dropped.source).to.equal(source.replace("held += a;", "{}"));
  });

  it("are other contracts, as the compiler sees it", () => {
    const sound = compiler.compile([file])!.get(`${file}:Store`);
    const codes = mutants.map((mutant) => {
      const instead = new Map([[file, mutant.source]]);
      return compiler.compile([file], instead)?.get(`${file}:Store`);
    });
    expect(codes).not.to.include(sound);
    expect(codes).not.to.include(undefined);
    expect(compiler.compile([file], new Map([[file, "contract Store {"]]))).to.equal(undefined);
  });

  it("meet the tests first that name their function or have noticed their like", () => {
    const order = new TestOrder(new Map(Object.entries({ a: "hold", b: "add(1, 2)", c: "adds" })));
    const [one] = mutants.filter(({ within }) => within === "add");
    expect(order.for(one!)).to.deep.equal(["b", "a", "c"]);
    order.noticed(one!, "c");
    expect(order.for(one!)).to.deep.equal(["c", "b", "a"]);
  });
});
