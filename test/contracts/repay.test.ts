import { expect } from "chai";
import { ethers, load, onDay, readOnDay } from "../support/chain.ts";
import { expectRefusal } from "../support/refusals.ts";
import { drawn, financedOrder, openFacility, type FinancedOrder } from "../support/scenes.ts";
import { ownAccount, text } from "../support/terms.ts";

describe("Repaying a loan", () => {
  let scene: FinancedOrder;

  beforeEach(async () => {
    scene = await load(financedOrder);
  });

  it("pays interest first, then principal", async () => {
    const { cooperative, lender, contracts, facility, order } = scene;
    await onDay(30);
    const call = cooperative.facilities.repay(order, 10_000_00n, 1n);
    await expect(call)
      .to.emit(contracts.facilities, "Repaid")
      .withArgs(facility, order, cooperative.address, 188_33n, 9_811_67n, 40_188_33n);
    await expect(call).to.changeTokenBalances(
      ethers,
      contracts.deposits,
      [cooperative.address, lender.address],
      [-10_000_00n, 10_000_00n],
    );
    const loan = await contracts.liens.loanOf(order);
    // 188.3333… was due, 188.33 was paid: a third of a minor unit is carried on.
    expect([loan.principal, loan.numerator, loan.revision]).to.deep.equal([
      40_188_33n,
      1_200_000n,
      2n,
    ]);
    expect((await contracts.facilities.facilityById(facility)).drawn).to.equal(40_188_33n);
  });

  it("carries what rounding took too much, so that interest over time is exact", async () => {
    const { cooperative, contracts, order } = scene;
    let paid = 0n;
    let revision = 1n;
    for (const day of [1, 2, 3, 4, 5, 6, 7, 8, 9]) {
      await readOnDay(day);
      const due = await contracts.quotes.interestDue(order);
      await cooperative.facilities.repay(order, due, revision);
      revision += 1n;
      paid += due;
    }
    // 9 days at 4.52 % of 50,000.00 are exactly 56.50; 6.2777… a day.
    expect(paid).to.equal(56_50n);
    expect((await contracts.liens.loanOf(order)).numerator).to.equal(0n);
  });

  it("takes at most what is due, and lifts the lien", async () => {
    const { cooperative, lender, contracts, facility, order } = scene;
    await onDay(30);
    const call = cooperative.facilities.repay(order, 60_000_00n, 1n);
    await expect(call).to.changeTokenBalances(
      ethers,
      contracts.deposits,
      [cooperative.address, lender.address],
      [-50_188_33n, 50_188_33n],
    );
    await expect(call).to.emit(contracts.liens, "LienReleased").withArgs(order, facility);
    expect(await contracts.liens.isEncumbered(order)).to.equal(false);
    const loan = await contracts.liens.loanOf(order);
    expect([loan.principal, loan.numerator, loan.facility, loan.revision]).to.deep.equal([
      0n,
      0n,
      0n,
      2n,
    ]);
    expect((await contracts.facilities.facilityById(facility)).drawn).to.equal(0n);
  });

  it("is anyone's to do, a party or not", async () => {
    const { stranger, lender, contracts, addresses, facility, order } = scene;
    await lender.deposits.transfer(stranger.address, 1_00n);
    await stranger.deposits.approve(addresses.facilities, 1_00n);
    await expect(stranger.facilities.repay(order, 1_00n, 1n))
      .to.emit(contracts.facilities, "Repaid")
      .withArgs(facility, order, stranger.address, 0n, 1_00n, drawn - 1_00n);
  });

  it("goes on while paused, suspended, expired, closed, overdue and in default", async () => {
    const { admin, cooperative, lender, buyer, contracts, facility, order } = scene;
    await onDay(361);
    await lender.facilities.declareDefault(order);
    await lender.facilities.close(facility);
    await lender.facilities.lowerLimit(facility, 0n);
    await admin.parties.setPaused(true);
    for (const { address } of [cooperative, lender, buyer])
      await admin.parties.setSuspended(address, true);
    await cooperative.facilities.repay(order, 60_000_00n, 2n);
    expect(await contracts.liens.isEncumbered(order)).to.equal(false);
  });

  it("bears the penalty rate from the day after maturity on", async () => {
    const { contracts, order } = scene;
    await readOnDay(90);
    expect(await contracts.quotes.interestDue(order)).to.equal(565_00n);
    await readOnDay(91);
    // One day at 6.78 % of 50,000.00: 9.4166…
    expect(await contracts.quotes.interestDue(order)).to.equal(574_42n);
    await readOnDay(100);
    expect(await contracts.quotes.interestDue(order)).to.equal(659_17n);
  });

  it("counts days by the calendar, not by the hour", async () => {
    const { contracts, order } = scene;
    await readOnDay(1);
    expect(await contracts.quotes.interestDue(order)).to.equal(6_28n);
  });

  it("on 365 days bears less", async () => {
    const { cooperative, contracts, order } = scene;
    await cooperative.facilities.repay(order, drawn, 1n);
    const actual = await openFacility(scene, { number: text("F-365"), dayBasis: 365n });
    await cooperative.facilities.drawDown(actual, order, drawn, 2n, ownAccount);
    await readOnDay(30);
    expect(await contracts.quotes.interestDue(order)).to.equal(185_75n);
  });

  it("is refused a second time, though more is due: StaleState", async () => {
    const { cooperative, order } = scene;
    await cooperative.facilities.repay(order, 10_000_00n, 1n);
    const again = cooperative.facilities.repay(order, 10_000_00n, 1n);
    await expectRefusal(again, "StaleState", 1n, 2n);
  });

  it("is refused after a repaid loan was drawn anew, for the revision goes on: StaleState", async () => {
    const { cooperative, facility, order } = scene;
    await cooperative.facilities.repay(order, drawn, 1n);
    await cooperative.facilities.drawDown(facility, order, drawn, 2n, ownAccount);
    const again = cooperative.facilities.repay(order, drawn, 1n);
    await expectRefusal(again, "StaleState", 1n, 3n);
  });

  it("is refused where there is no loan: StaleState, then NoLoan, before ZeroAmount", async () => {
    const { cooperative, order } = scene;
    await cooperative.facilities.repay(order, drawn, 1n);
    await expectRefusal(cooperative.facilities.repay(order, 0n, 1n), "StaleState", 1n, 2n);
    await expectRefusal(cooperative.facilities.repay(order, 0n, 2n), "NoLoan", order);
    await expectRefusal(cooperative.facilities.repay(7n, 1n, 0n), "NoLoan", 7n);
  });

  it("of nothing is refused: ZeroAmount", async () => {
    const { cooperative, order } = scene;
    await expectRefusal(cooperative.facilities.repay(order, 0n, 1n), "ZeroAmount");
  });

  it("without the money is refused: PayerFundsUnavailable", async () => {
    const { stranger, order } = scene;
    const call = stranger.facilities.repay(order, 1_00n, 1n);
    await expectRefusal(call, "PayerFundsUnavailable", stranger.address, 1_00n);
  });
});
