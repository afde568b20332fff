import { expect } from "chai";
import { Acts } from "../../scripts/bench/gas/acts.ts";
import { benchGas } from "../../scripts/bench/gas/bench-gas.ts";
import { assembleCast, type Cast } from "../../scripts/bench/gas/cast.ts";
import { explain } from "../../scripts/bench/gas/explain.ts";
import type { Figures } from "../../scripts/bench/gas/figures.ts";
import type { Slot } from "../../scripts/bench/gas/floor.ts";
import { measure, type Measured } from "../../scripts/bench/gas/measure.ts";
import { findings } from "../../scripts/bench/gas/snapshot.ts";
import { UsageError } from "../../scripts/bench/usage-error.ts";

describe("The gas of an act on a network", () => {
  let cast: Cast;
  let issue: Measured;
  let accept: Measured;

  before(async () => {
    cast = await assembleCast();
    await cast.onDay(0);
    const acts = new Acts(cast);
    issue = await measure(cast, await acts.issueOrder(1));
    accept = await measure(cast, await acts.acceptOrder(1));
  });

  after(() => cast.close());

  /** Which of the slots the network holds something in, as of a block. */
  async function filled(slots: readonly Slot[], block: number): Promise<boolean[]> {
    const words = slots.map(({ account, slot }) =>
      cast.request(
        "eth_getStorageAt",
        account,
        `0x${slot.toString(16)}`,
        `0x${block.toString(16)}`,
      ),
    );
    return (await Promise.all(words)).map((word) => BigInt(word as string) !== 0n);
  }

  async function blockNow(): Promise<number> {
    return Number(await cast.request("eth_blockNumber"));
  }

  it("finds as new what the network did not hold before and holds afterwards", async () => {
    const { newSlots, updatedSlots } = issue.floor;
    const block = (await blockNow()) - 1;
    expect(newSlots).not.to.be.empty;
    expect(updatedSlots).to.be.empty;
    expect(await filled(newSlots, block - 1)).to.eql(newSlots.map(() => false));
    expect(await filled(newSlots, block)).to.eql(newSlots.map(() => true));
  });

  it("finds as updated what the network held before", async () => {
    const { updatedSlots } = accept.floor;
    const before = (await blockNow()) - 1;
    expect(updatedSlots).not.to.be.empty;
    expect(await filled(updatedSlots, before)).to.eql(updatedSlots.map(() => true));
  });

  it("is accounted for to the last unit, and is not below its floor", () => {
    for (const { gas, refund, floor, run } of [issue, accept]) {
      const spent = run.steps.reduce((sum, { cost }) => sum + cost, 0);
      expect(spent).to.equal(run.frames[0].gas);
      expect(gas + refund).to.equal(21_000 + floor.calldata + spent);
      expect(gas).to.be.above(floor.gas);
    }
  });

  it("is explained by the names of contracts, functions and events", () => {
    const explanation = explain("issueOrder", issue, cast.directory);
    for (const name of ["PurchaseOrders.issue ", "Parties.requireOriginator ", ".OrderIssued "])
      expect(explanation).to.contain(name);
  });
});

describe("The comparison with a snapshot", () => {
  const figures = (operation: string, gas: number): Figures => {
    return { operation, gas, floor: 1, ratio: 1, newSlots: 0, updatedSlots: 0 };
  };

  it("finds nothing in a rise of 2 %, nor in a fall", () => {
    const before = [figures("a", 1000), figures("b", 1000)];
    expect(findings(before, [figures("a", 1020), figures("b", 1)])).to.eql([]);
  });

  it("names every operation that rose by more", () => {
    expect(findings([figures("a", 1000)], [figures("a", 1021)])).to.eql([
      "a takes 1021 gas, 2.1 % more than 1000.",
    ]);
  });

  it("names an operation that only one of them has", () => {
    expect(findings([figures("a", 1)], [figures("b", 1)])).to.have.length(2);
  });
});

describe("The command line of the gas bench", () => {
  for (const args of [
    ["--what"],
    ["something"],
    ["--explain", "nothing"],
    ["--explain", "despatch", "--json"],
    ["--check", "--update"],
  ])
    it(`refuses ${args.join(" ")}`, async () => {
      const problem: unknown = await benchGas(args).catch((refusal: unknown) => refusal);
      expect(problem).to.be.instanceOf(UsageError);
    });
});
