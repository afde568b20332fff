import { expect } from "chai";
import { load, onDay } from "../support/chain.ts";
import { expectRefusal } from "../support/refusals.ts";
import { drawn, financedOrder, type FinancedOrder } from "../support/scenes.ts";

describe("Declaring default", () => {
  let scene: FinancedOrder;

  beforeEach(async () => {
    scene = await load(financedOrder);
  });

  it("is the lender's from the day after maturity and grace", async () => {
    const { lender, contracts, facility, order } = scene;
    await onDay(96);
    await expect(lender.facilities.declareDefault(order))
      .to.emit(contracts.facilities, "LoanDefaulted")
      .withArgs(facility, order, lender.address);
    const loan = await contracts.liens.loanOf(order);
    expect([loan.principal, loan.revision]).to.deep.equal([drawn, 2n]);
    expect((await contracts.facilities.facilityById(facility)).defaults).to.equal(1n);
  });

  it("gives the lender nothing of its own: the loan goes on, and ends when it is repaid", async () => {
    const { lender, cooperative, contracts, facility, order } = scene;
    await onDay(96);
    await lender.facilities.declareDefault(order);
    expect(await contracts.orders.ownerOf(order)).to.equal(cooperative.address);
    await cooperative.facilities.repay(order, 60_000_00n, 2n);
    const record = await contracts.facilities.facilityById(facility);
    expect([record.drawn, record.defaults]).to.deep.equal([0n, 0n]);
    expect((await contracts.liens.loanOf(order)).defaultedDay).to.equal(0n);
  });

  it("counts in the facility until the loan is whole, not until a part is repaid", async () => {
    const { lender, cooperative, contracts, facility, order } = scene;
    await onDay(96);
    await lender.facilities.declareDefault(order);
    await cooperative.facilities.repay(order, 50_000_00n, 2n);
    expect((await contracts.facilities.facilityById(facility)).defaults).to.equal(1n);
  });

  it("is refused where there is no loan: NoLoan, before NotPermitted", async () => {
    const { stranger } = scene;
    await expectRefusal(stranger.facilities.declareDefault(7n), "NoLoan", 7n);
  });

  it("is refused to another lender and to the borrower: NotPermitted", async () => {
    const { otherLender, cooperative, order } = scene;
    await onDay(96);
    for (const other of [otherLender, cooperative])
      await expectRefusal(other.facilities.declareDefault(order), "NotPermitted", other.address);
  });

  it("is refused a second time: AlreadyDefaulted", async () => {
    const { lender, order } = scene;
    await onDay(96);
    await lender.facilities.declareDefault(order);
    await expectRefusal(lender.facilities.declareDefault(order), "AlreadyDefaulted", order);
  });

  it("is refused on the last day of grace: NotInDefault", async () => {
    const { lender, contracts, order } = scene;
    const { maturityDay } = await contracts.liens.loanOf(order);
    await onDay(95);
    await expectRefusal(
      lender.facilities.declareDefault(order),
      "NotInDefault",
      maturityDay + 6n,
      maturityDay + 5n,
    );
  });
});
