import { expect } from "chai";
import { ethers, load, onDay } from "../support/chain.ts";
import { acceptedOrder, deliver, openFacility, type AcceptedOrder } from "../support/scenes.ts";
import { ownAccount, text } from "../support/terms.ts";

interface Swept extends AcceptedOrder {
  readonly receivable: bigint;
}

/** 60,000.00 drawn on a facility with this sweep, half of the order accepted on the first day. */
async function sweptBy(sweepBps: bigint): Promise<Swept> {
  const scene = await acceptedOrder();
  const { cooperative, contracts, order } = scene;
  const facility = await openFacility(scene, { number: text("F-SWEEP"), sweepBps });
  await cooperative.facilities.drawDown(facility, order, 60_000_00n, 0n, ownAccount);
  await deliver(scene, order, 1n, 10_000_000n);
  const receivable = await contracts.receivables.receivableId(order, 1);
  return { ...scene, facility, receivable };
}
const sweptNothing = (): Promise<Swept> => sweptBy(0n);
const sweptHalf = (): Promise<Swept> => sweptBy(5000n);
const sweptAll = (): Promise<Swept> => sweptBy(10_000n);
const sweptThird = (): Promise<Swept> => sweptBy(3333n);

describe("The waterfall of a payment", () => {
  // 30 days at 4.52 % of 60,000.00.
  const interest = 226_00n;

  async function expectSplit(
    scene: Swept,
    payment: bigint,
    [toLender, toHolder]: readonly [bigint, bigint],
  ): Promise<void> {
    const { buyer, cooperative, lender, contracts, order } = scene;
    const { outstanding } = await contracts.receivables.receivableOf(order, 1);
    await expect(buyer.receivables.pay(order, 1, payment, outstanding)).to.changeTokenBalances(
      ethers,
      contracts.deposits,
      [buyer.address, lender.address, cooperative.address],
      [-payment, toLender, toHolder],
    );
    expect(toLender + toHolder).to.equal(payment);
  }

  it("without a sweep gives the lender interest and shortfall", async () => {
    const scene = await load(sweptNothing);
    await onDay(30);
    await expectSplit(scene, 65_000_00n, [interest + 21_000_00n, 43_774_00n]);
  });

  it("gives the lender the whole payment when that is less than interest and shortfall", async () => {
    const scene = await load(sweptNothing);
    await onDay(30);
    await scene.buyer.deposits.approve(scene.addresses.receivables, 1_000_00n);
    // A part payment on the due day makes the rest overdue: 39,000.00 carry the loan no longer.
    await expectSplit(scene, 1_000_00n, [1_000_00n, 0n]);
    expect((await scene.contracts.liens.loanOf(scene.order)).principal).to.equal(59_226_00n);
  });

  it("pays interest before principal, to the minor unit", async () => {
    const scene = await load(sweptNothing);
    const { contracts, order } = scene;
    await onDay(30);
    await expectSplit(scene, interest - 1n, [interest - 1n, 0n]);
    expect((await contracts.liens.loanOf(order)).principal).to.equal(60_000_00n);
    expect(await contracts.quotes.interestDue(order)).to.equal(1n);
  });

  it("with a sweep of half gives the lender half where that is more", async () => {
    const scene = await load(sweptHalf);
    await onDay(29);
    await expectSplit(scene, 65_000_00n, [32_500_00n, 32_500_00n]);
  });

  it("rounds the swept share down", async () => {
    const scene = await load(sweptThird);
    await onDay(29);
    // ⌊10,000.01 × 33.33 %⌋; the interest of 218.47 is part of it.
    await expectSplit(scene, 10_000_01n, [3_333_00n, 6_667_01n]);
  });

  it("with a full sweep makes the lender whole first", async () => {
    const scene = await load(sweptAll);
    const { contracts, facility, order } = scene;
    await onDay(30);
    await expectSplit(scene, 65_000_00n, [60_000_00n + interest, 4_774_00n]);
    expect(await contracts.liens.isEncumbered(order)).to.equal(false);
    expect((await contracts.facilities.facilityById(facility)).drawn).to.equal(0n);
  });

  it("on the maturity day still follows the facility", async () => {
    const scene = await load(sweptNothing);
    await onDay(90);
    // 90 days at 4.52 %; deliverBy has passed, so nothing but the receivable carried the loan.
    await expectSplit(scene, 65_000_00n, [60_678_00n, 4_322_00n]);
  });

  it("past the maturity day makes the lender whole first, whatever the base", async () => {
    const scene = await load(sweptNothing);
    const { cooperative, contracts, order } = scene;
    // The cooperative repays all but 10.00: what is owed would carry that many times over.
    await cooperative.facilities.repay(order, 59_990_00n, 1n);
    await onDay(91);
    // 90 days at 4.52 % and one at 6.78 % of 10.00: 0.11.
    await expectSplit(scene, 1_000_00n, [10_11n, 989_89n]);
    expect(await contracts.liens.isEncumbered(order)).to.equal(false);
  });

  it("in default makes the lender whole first", async () => {
    const scene = await load(sweptNothing);
    const { lender, contracts, order } = scene;
    await onDay(96);
    await lender.facilities.declareDefault(order);
    await expectSplit(scene, 60_000_00n, [60_000_00n, 0n]);
    const due = await contracts.quotes.interestDue(order);
    const { principal } = await contracts.liens.loanOf(order);
    // 90 days at 4.52 %, six at 6.78 %.
    expect(principal + due).to.equal(678_00n + 67_80n);
  });

  it("pays the account that the lender names", async () => {
    const scene = await load(sweptAll);
    const { lender, otherLender, buyer, contracts, facility, order } = scene;
    await lender.facilities.setPayee(facility, otherLender.address);
    await expect(buyer.receivables.pay(order, 1, 65_000_00n, 65_000_00n)).to.changeTokenBalances(
      ethers,
      contracts.deposits,
      [lender.address, otherLender.address],
      [0n, 60_000_00n],
    );
  });

  it("loses and makes no minor unit over payments of odd amounts", async () => {
    const scene = await load(sweptThird);
    const { buyer, cooperative, lender, contracts, order } = scene;
    const cash = async (): Promise<bigint> => {
      const { deposits } = contracts;
      const parties = [buyer, cooperative, lender];
      const balances = await Promise.all(parties.map((p) => deposits.balanceOf(p.address)));
      return balances.reduce((sum, balance) => sum + balance, 0n);
    };
    const before = await cash();
    let outstanding = 65_000_00n;
    for (const [index, amount] of [1n, 333n, 7_77n, 12_345_67n, 9_999_99n].entries()) {
      await onDay(index + 3);
      await buyer.receivables.pay(order, 1, amount, outstanding);
      outstanding -= amount;
    }
    expect(await cash()).to.equal(before);
    const { principal } = await contracts.liens.loanOf(order);
    const { drawn } = await contracts.facilities.facilityById(scene.facility);
    expect(drawn).to.equal(principal);
    expect((await contracts.receivables.receivableOf(order, 1)).outstanding).to.equal(outstanding);
  });
});
