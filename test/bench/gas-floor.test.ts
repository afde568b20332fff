import { expect } from "chai";
import { floorOf, type Floor } from "../../scripts/bench/gas/floor.ts";
import { readRun } from "../../scripts/bench/gas/trace.ts";
import { traceOf, type Code, type Line } from "./hand-made-trace.ts";

const sender = `0x${"aa".repeat(20)}`;
const called = `0x${"bb".repeat(20)}`;
const other = `0x${"cc".repeat(20)}`;

const stop: Line = ["STOP", 0];
const revert: Line = ["REVERT", 0, 0n, 0n];
const load = (slot: bigint): Line => ["SLOAD", 2100, slot];
const store = (slot: bigint, value: bigint, cost: number): Line => ["SSTORE", cost, slot, value];
/** What the instruction before it left. */
const pop = (value: bigint): Line => ["POP", 2, value];
const call = (account: string): Line => [
  "CALL",
  2600,
  50_000n,
  BigInt(account),
  0n,
  0n,
  0n,
  0n,
  0n,
];

function floor(code: Code, data = "0x"): Floor {
  return floorOf({ from: sender, to: called, data }, readRun(traceOf(code), called));
}

describe("The floor of an act", () => {
  it("is a transaction's own gas where nothing is touched", () => {
    expect(floor([stop]).gas).to.equal(21_000);
  });

  it("has 16 for a byte of calldata that is not zero, and 4 for one that is", () => {
    expect(floor([stop], "0x01000002").gas).to.equal(21_000 + 2 * 16 + 2 * 4);
  });

  it("has 22,100 for a slot that was zero, whether or not it was read before", () => {
    const code = [load(1n), pop(0n), store(1n, 7n, 20_000), store(2n, 7n, 22_100), stop];
    expect(floor(code).gas).to.equal(21_000 + 2 * 22_100);
  });

  it("has 5,000 for a slot that was not, whether or not it was read before", () => {
    const code = [load(1n), pop(6n), store(1n, 7n, 2_900), store(2n, 0n, 5_000), stop];
    expect(floor(code).gas).to.equal(21_000 + 2 * 5_000);
  });

  it("has 5,000 for a write of what was there, and 2,100 if that was zero", () => {
    const code = [store(1n, 7n, 2_200), store(2n, 0n, 2_200), stop];
    expect(floor(code).gas).to.equal(21_000 + 5_000 + 2_100);
  });

  it("has every slot once, by account", () => {
    const again = [load(1n), pop(6n), load(1n), pop(6n)];
    const code = [...again, { call: call(other), runs: [...again, stop] }, pop(1n), stop];
    expect(floor(code).gas).to.equal(21_000 + 2 * 2_100 + 2_600);
  });

  it("counts no slot as new that is zero again in the end", () => {
    const code = [store(1n, 7n, 22_100), store(1n, 0n, 100), stop];
    expect(floor(code).gas).to.equal(21_000 + 2_100);
  });

  it("knows no transient storage", () => {
    expect(floor([["TLOAD", 100, 1n], ["TSTORE", 100, 1n, 1n], stop]).gas).to.equal(21_000);
  });

  it("has 2,600 for another account, not for the sender, the called one and the precompiled", () => {
    const precompiled = `0x${"1".padStart(40, "0")}`;
    const code = [other, other, sender, called, precompiled].flatMap((account) => [
      { call: call(account), runs: [stop] },
      pop(1n),
    ]);
    expect(floor([...code, stop]).gas).to.equal(21_000 + 2_600);
  });

  it("finds the slots of a delegated call in the account that delegates", () => {
    const delegate: Line = ["DELEGATECALL", 2600, 50_000n, BigInt(other), 0n, 0n, 0n, 0n];
    const code = [load(1n), pop(6n), { call: delegate, runs: [load(1n), pop(6n), stop] }, pop(1n)];
    expect(floor([...code, stop]).readSlots.map(({ account }) => account)).to.eql([called]);
  });

  it("has 375 for a log, as much for each topic, and 8 for each byte", () => {
    const code: Code = [["LOG0", 0, 0n, 0n], ["LOG3", 0, 128n, 64n, 1n, 2n, 3n], stop];
    expect(floor(code).gas).to.equal(21_000 + 375 + 4 * 375 + 8 * 64);
  });

  it("only reads what a call wrote that was undone, and leaves its logs out", () => {
    const runs: Code = [store(1n, 7n, 22_100), ["LOG0", 375, 0n, 0n], revert];
    const code: Code = [{ call: call(other), runs }, pop(0n), stop];
    expect(floor(code).gas).to.equal(21_000 + 2_100 + 2_600);
  });
});

describe("A trace, read as calls", () => {
  it("gives every instruction its own gas, and a call none of what the callee spent", () => {
    const runs = [load(1n), pop(6n), stop];
    const run = readRun(traceOf([{ call: call(other), runs }, pop(1n), stop]), called);
    expect(run.steps.map(({ cost }) => cost)).to.eql([2600, 2100, 2, 0, 2, 0]);
    expect(run.frames.map(({ gas }) => gas)).to.eql([4704, 2102]);
  });
});
