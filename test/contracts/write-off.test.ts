import { expect } from "chai";
import { civilDay, ethers, load, onDay } from "../support/chain.ts";
import { expectRefusal } from "../support/refusals.ts";
import { drawn, financedReceivable, makeOrder, owed, type OwedOrder } from "../support/scenes.ts";
import { ownAccount, text } from "../support/terms.ts";

/** 50,000.00 lent on the first day, matured on day 90 and in default from day 96. */
async function defaultedLoan(): Promise<OwedOrder> {
  const scene = await financedReceivable();
  await onDay(96);
  await scene.lender.facilities.declareDefault(scene.order);
  return scene;
}

describe("Writing a loan off", () => {
  let scene: OwedOrder;

  beforeEach(async () => {
    scene = await load(defaultedLoan);
  });

  it("is a flag in the lender's books: not a figure of the loan changes", async () => {
    const { lender, contracts, facility, order } = scene;
    const loan = await contracts.liens.loanOf(order);
    const agreed = await contracts.facilities.facilityById(facility);
    await expect(lender.facilities.writeOff(order))
      .to.emit(contracts.facilities, "LoanWrittenOff")
      .withArgs(facility, order, lender.address);
    expect(await contracts.facilities.isWrittenOff(order)).to.equal(true);
    expect(await contracts.liens.loanOf(order)).to.deep.equal(loan);
    expect(await contracts.facilities.facilityById(facility)).to.deep.equal(agreed);
    expect(await contracts.liens.isEncumbered(order)).to.equal(true);
  });

  it("forgives nothing: the debtor's payment is the lender's until it is whole", async () => {
    const { buyer, lender, cooperative, stranger, contracts, order } = scene;
    await lender.facilities.writeOff(order);
    await onDay(126);
    // 90 days at 4.52 %, 565.00, and 36 at 6.78 %, 339.00.
    const due = 50_904_00n;
    await expect(stranger.receivables.collect(order, 1)).to.changeTokenBalances(
      ethers,
      contracts.deposits,
      [buyer.address, lender.address, cooperative.address],
      [-owed, due, owed - due],
    );
  });

  it("lets interest go on", async () => {
    const { lender, cooperative, contracts, order } = scene;
    await lender.facilities.writeOff(order);
    await onDay(126);
    await expect(cooperative.facilities.repay(order, 60_000_00n, 2n)).to.changeTokenBalances(
      ethers,
      contracts.deposits,
      [lender.address],
      [50_904_00n],
    );
  });

  it("is over with the loan: recovered, the root is free, and the next loan is not written off", async () => {
    const { lender, cooperative, contracts, facility, order } = scene;
    await lender.facilities.writeOff(order);
    await cooperative.facilities.repay(order, 60_000_00n, 2n);
    expect(await contracts.facilities.isWrittenOff(order)).to.equal(false);
    expect((await contracts.facilities.facilityById(facility)).defaults).to.equal(0n);
    const next = await makeOrder(scene, { number: text("PO-NEXT"), deliverBy: 2n ** 40n - 1n });
    await cooperative.facilities.drawDown(facility, next, 1n, 0n, ownAccount);
    await cooperative.facilities.drawDown(facility, order, 1n, 3n, ownAccount);
    expect(await contracts.facilities.isWrittenOff(order)).to.equal(false);
    await expectRefusal(
      lender.facilities.writeOff(order),
      "NotInDefault",
      civilDay(192),
      civilDay(96),
    );
  });

  it("is over when the debtor's payment makes the lender whole", async () => {
    const { lender, stranger, contracts, order } = scene;
    await lender.facilities.writeOff(order);
    await stranger.receivables.collect(order, 1);
    expect(await contracts.facilities.isWrittenOff(order)).to.equal(false);
    expect(await contracts.liens.isEncumbered(order)).to.equal(false);
  });

  it("stays as long as anything is owed", async () => {
    const { lender, cooperative, contracts, order } = scene;
    await lender.facilities.writeOff(order);
    // 621.50 of interest and all but one minor unit.
    await cooperative.facilities.repay(order, drawn + 621_49n, 2n);
    expect((await contracts.liens.loanOf(order)).principal).to.equal(1n);
    expect(await contracts.facilities.isWrittenOff(order)).to.equal(true);
    await cooperative.facilities.repay(order, 1n, 3n);
    expect(await contracts.facilities.isWrittenOff(order)).to.equal(false);
  });

  it("does not end the default: nothing is drawn under the facility", async () => {
    const { lender, cooperative, facility, order } = scene;
    await lender.facilities.writeOff(order);
    const call = cooperative.facilities.drawDown(facility, order, 1n, 2n, ownAccount);
    await expectRefusal(call, "LoanInDefault", order);
    const next = await makeOrder(scene, { number: text("PO-NEXT"), deliverBy: 2n ** 40n - 1n });
    const other = cooperative.facilities.drawDown(facility, next, 1n, 0n, ownAccount);
    await expectRefusal(other, "FacilityInDefault", facility);
  });

  it("makes no revision stale", async () => {
    const { lender, cooperative, contracts, order } = scene;
    await lender.facilities.writeOff(order);
    expect(await contracts.liens.revisionOf(order)).to.equal(2n);
    await cooperative.facilities.repay(order, 1n, 2n);
  });

  it("is refused where nothing is lent: NoLoan", async () => {
    await expectRefusal(scene.lender.facilities.writeOff(7n), "NoLoan", 7n);
  });

  it("is the lender's alone: NotPermitted", async () => {
    const { admin, cooperative, otherLender, stranger, order } = scene;
    for (const { facilities, address } of [admin, cooperative, otherLender, stranger])
      await expectRefusal(facilities.writeOff(order), "NotPermitted", address);
  });

  it("is refused a second time: AlreadyWrittenOff", async () => {
    const { lender, order } = scene;
    await lender.facilities.writeOff(order);
    await expectRefusal(lender.facilities.writeOff(order), "AlreadyWrittenOff", order);
  });
});

describe("Writing a loan off before it is in default", () => {
  it("is refused, though default could be declared: NotInDefault", async () => {
    const { lender, order } = await load(financedReceivable);
    await onDay(95);
    await expectRefusal(
      lender.facilities.writeOff(order),
      "NotInDefault",
      civilDay(96),
      civilDay(95),
    );
    await onDay(96);
    await expectRefusal(
      lender.facilities.writeOff(order),
      "NotInDefault",
      civilDay(96),
      civilDay(96),
    );
  });
});
