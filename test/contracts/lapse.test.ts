import { expect } from "chai";
import { at, civilDay, day, load, onDay } from "../support/chain.ts";
import { expectRefusal } from "../support/refusals.ts";
import { deliver, despatch, drawn, financedOrder, type FinancedOrder } from "../support/scenes.ts";
import { ownAccount } from "../support/terms.ts";

describe("Lapsing the undelivered rest", () => {
  /** The last second of the thirtieth day after `deliverBy`. */
  const last = day(90);
  let scene: FinancedOrder;

  beforeEach(async () => {
    scene = await load(financedOrder);
  });

  it("leaves what was accepted and what is on its way", async () => {
    const { buyer, contracts, order } = scene;
    await deliver(scene, order, 1n, 4_000_000n);
    await despatch(scene, order, 2n, 3_000_000n);
    await at(last + 1);
    await expect(buyer.orders.lapse(order))
      .to.emit(contracts.orders, "OrderLapsed")
      .withArgs(order, buyer.address, 7_000_000n);
    const record = await contracts.orders.orderById(order);
    expect([record.status, record.quantity, record.pending]).to.deep.equal([
      5n,
      7_000_000n,
      3_000_000n,
    ]);
  });

  it("lets an open delivery run on, and stays lapsed when all of it is accepted", async () => {
    const { buyer, contracts, order } = scene;
    await despatch(scene, order, 1n, 3_000_000n);
    await at(last + 1);
    await buyer.orders.lapse(order);
    await buyer.deliveries.accept(order, 1, 0, 3_000_000n);
    const record = await contracts.orders.orderById(order);
    expect([record.status, record.accepted, record.owed]).to.deep.equal([
      5n,
      3_000_000n,
      19_500_00n,
    ]);
  });

  it("brings the loan's maturity forward to ten days from now", async () => {
    const { buyer, cooperative, contracts, facility, order } = scene;
    await cooperative.facilities.repay(order, drawn, 1n);
    await onDay(50);
    await cooperative.facilities.drawDown(facility, order, drawn, 2n, ownAccount);
    await onDay(91);
    await expect(buyer.orders.lapse(order))
      .to.emit(contracts.facilities, "MaturityBroughtForward")
      .withArgs(facility, order, civilDay(101));
    const loan = await contracts.liens.loanOf(order);
    expect([loan.maturityDay, loan.principal, loan.revision]).to.deep.equal([
      civilDay(101),
      drawn,
      4n,
    ]);
  });

  it("leaves a maturity that is sooner", async () => {
    const { buyer, contracts, order } = scene;
    await onDay(91);
    await expect(buyer.orders.lapse(order)).not.to.emit(
      contracts.facilities,
      "MaturityBroughtForward",
    );
    expect((await contracts.liens.loanOf(order)).maturityDay).to.equal(civilDay(90));
  });

  it("is refused to another buyer and to the seller: NotPermitted", async () => {
    const { otherBuyer, cooperative, order } = scene;
    await onDay(91);
    for (const other of [otherBuyer, cooperative])
      await expectRefusal(other.orders.lapse(order), "NotPermitted", other.address);
  });

  it("is refused for a fulfilled order: WrongOrder, before NotLapsable", async () => {
    const { buyer, order } = scene;
    await deliver(scene, order, 1n, 20_000_000n);
    await expectRefusal(buyer.orders.lapse(order), "WrongOrder", order);
  });

  it("is refused a second time: WrongOrder", async () => {
    const { buyer, order } = scene;
    await onDay(91);
    await buyer.orders.lapse(order);
    await expectRefusal(buyer.orders.lapse(order), "WrongOrder", order);
  });

  it("is refused until the last second of day 30: NotLapsable", async () => {
    const { buyer, order } = scene;
    await at(last);
    await expectRefusal(buyer.orders.lapse(order), "NotLapsable", order, BigInt(last) + 1n);
  });

  it("leaves nothing to draw on but what is owed", async () => {
    const { buyer, contracts, facility, order } = scene;
    await deliver(scene, order, 1n, 4_000_000n);
    await onDay(91);
    await buyer.orders.lapse(order);
    expect(await contracts.quotes.borrowingBase(facility, order)).to.equal(22_100_00n);
  });
});
