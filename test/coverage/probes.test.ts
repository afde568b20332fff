import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { probe, type Outcome, type Probed } from "../../scripts/coverage/probes.ts";
import { isEnough, textReport } from "../../scripts/coverage/report.ts";
import { Compiler } from "../../scripts/solidity/compiler.ts";

const file = "Store.sol";
const library = "scripts/coverage/Probe.sol";
const source = `pragma solidity 0.8.37;
contract Store {
    // Σ in a comment takes two bytes.
    uint256 public held;
    function add(uint256[] calldata some, bool more) external returns (uint256) {
        require(some.length < 9 && (more || held == 0), "order");
        for (uint256 i = 0; i < some.length; ++i) held += some[i];
        if (held > 7) if (more) return 1; else held -= 1; else { held += 1; }
        try this.add(some, false) {} catch { held = 0; }
        return more ? 2 : 3;
    }
}
`;

describe("Probes", () => {
  let folder: string;
  let compiler: Compiler;
  let probed: Probed;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "sheaf-"));
    writeFileSync(join(folder, file), source);
    compiler = new Compiler(folder, { evmVersion: "cancun" }, [file]);
    probed = probe(file, source, compiler.treeOf(file), 100);
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  const branches = (line: number): readonly string[] =>
    probed.outcomes
      .filter((one) => one.kind === "branch" && one.line === line)
      .map(({ by, what, text }) => `${by} ${what}: ${text}`);

  it("are told of both outcomes of a requirement and of each operand in it", () => {
    expect(branches(6)).to.have.members([
      "require fails: some.length < 9 && (more || held == 0)",
      "require passes: some.length < 9 && (more || held == 0)",
      "left of && is false: some.length < 9",
      "left of && is true: some.length < 9",
      "left of || is false: more",
      "left of || is true: more",
      "right of || is false: held == 0",
      "right of || is true: held == 0",
    ]);
  });

  it("are told whether a loop is entered, whatever ends it", () => {
    expect(branches(7)).to.deep.equal([
      "loop not entered: i < some.length",
      "loop entered: i < some.length",
    ]);
  });

  it("are told of conditions, attempts and choices", () => {
    expect([...branches(8), ...branches(9), ...branches(10)]).to.deep.equal([
      ...["if is false: held > 7", "if is true: held > 7", "if is false: more", "if is true: more"],
      ...["try succeeds: this.add(some, false)", "try fails: this.add(some, false)"],
      ...["? is false: more", "? is true: more"],
    ]);
  });

  it("are told of every statement, with or without braces", () => {
    const statements = probed.outcomes.filter(({ kind }) => kind === "statement");
    expect(statements.map(({ line, column }) => `${line}:${column}`)).to.deep.equal([
      ...["6:9", "7:9", "7:51", "8:9", "8:23", "8:33", "8:48", "8:66", "9:9", "9:46", "10:9"],
    ]);
  });

  it("have numbers of their own", () => {
    const numbers = probed.outcomes.map(({ id }) => id).sort((a, b) => a - b);
    expect(numbers).to.deep.equal(numbers.map((_, index) => 100 + index));
  });

  it("leave a program, in the same lines", async () => {
    const instead = new Map([
      [file, probed.source],
      [library, await readFile(library, "utf8")],
    ]);
    expect(compiler.compileSound([file], instead).get(`${file}:Store`)).to.match(/^60/);
    const lines = probed.source.split("\n");
    for (const [index, line] of source.split("\n").slice(0, 6).entries())
      expect(lines[index]?.slice(0, 8)).to.equal(line.slice(0, 8));
  });

  it("refuse a loop whose header does something, for it is asked once more than it was", () => {
    const other = source.replace("i < some.length; ++i", "i++ < some.length;");
    writeFileSync(join(folder, file), other);
    const tree = new Compiler(folder, { evmVersion: "cancun" }, [file]).treeOf(file);
    expect(() => probe(file, other, tree, 0)).to.throw("header has an effect");
  });
});

describe("The report of coverage", () => {
  const outcome = (id: number, line: number, by = "", what = "runs"): Outcome => {
    const kind = by === "" ? "statement" : "branch";
    return { id, kind, by, what, file, line, column: 1, text: `text ${line}` };
  };

  it("counts a line when all statements that begin on it were run", () => {
    const outcomes = [outcome(0, 1), outcome(1, 1), outcome(2, 2)];
    const measured = { outcomes, seen: new Set([0, 2]), failedTests: 0 };
    expect(textReport(measured)).to.contain(`| ${file} | 1 | 2 | 50.0 % | 0 | 0 |  |`);
    expect(textReport(measured)).to.contain("- Store.sol:1:1 `text 1`");
    expect(isEnough(measured)).to.equal(false);
  });

  it("says which outcomes of a branch were not seen, and is content with 95 % of them", () => {
    const outcomes = Array.from({ length: 20 }, (_, id) => outcome(id, id >> 1, "if", `is ${id}`));
    const all = new Set(outcomes.map(({ id }) => id));
    all.delete(4);
    expect(isEnough({ outcomes, seen: all, failedTests: 0 })).to.equal(true);
    all.delete(5);
    const measured = { outcomes, seen: all, failedTests: 0 };
    expect(isEnough(measured)).to.equal(false);
    expect(textReport(measured)).to.contain("- Store.sol:2:1 if is 4, is 5: `text 2`");
  });
});
