import { expect } from "chai";
import { at, civilDay, day, load, onDay } from "../support/chain.ts";
import { expectRefusal } from "../support/refusals.ts";
import { makeOrder, storedOrder, type StoredOrder } from "../support/scenes.ts";

describe("Acceptance by silence", () => {
  /** Stated arrival on day 2, inspection for three days. */
  const silentUntil = day(5);
  let scene: StoredOrder;

  beforeEach(async () => {
    scene = await load(silentBuyer);
  });

  async function silentBuyer(): Promise<StoredOrder> {
    const stored = await storedOrder();
    const { cooperative, order, receipt } = stored;
    await cooperative.deliveries.despatch(order, 1, receipt, 8_000_000n, BigInt(day(2)));
    return stored;
  }

  it("is recorded by anyone from the second after the inspection period, for all of it", async () => {
    const { stranger, contracts, order, receipt } = scene;
    await at(silentUntil + 1);
    await expect(stranger.deliveries.deemAccepted(order, 1, receipt))
      .to.emit(contracts.deliveries, "DeliveryAccepted")
      .withArgs(order, 1n, stranger.address, 8_000_000n, 0n, 52_000_00n, true);
    const record = await contracts.orders.orderById(order);
    expect([record.accepted, record.pending]).to.deep.equal([8_000_000n, 0n]);
  });

  it("never counts in the base", async () => {
    const { stranger, contracts, facility, order, receipt } = scene;
    await at(silentUntil + 1);
    await stranger.deliveries.deemAccepted(order, 1, receipt);
    expect((await contracts.orders.orderById(order)).owed).to.equal(0n);
    // 12,000.000 kg are left: 60 % of 78,000.00.
    expect(await contracts.quotes.borrowingBase(facility, order)).to.equal(46_800_00n);
  });

  it("falls due by the order's term where that is longer than seven days", async () => {
    const { stranger, contracts, order, receipt } = scene;
    await at(silentUntil + 1);
    await stranger.deliveries.deemAccepted(order, 1, receipt);
    expect((await contracts.receivables.receivableOf(order, 1)).dueDay).to.equal(civilDay(35));
  });

  it("falls due after seven days where the order's term is shorter", async () => {
    const { cooperative, stranger, contracts } = scene;
    const order = await makeOrder(scene, { line: 2n, paymentDays: 0n });
    await cooperative.deliveries.despatch(order, 1, 0, 1_000_000n, BigInt(day(2)));
    await at(silentUntil + 1);
    await stranger.deliveries.deemAccepted(order, 1, 0);
    const { dueDay, outstanding } = await contracts.receivables.receivableOf(order, 1);
    expect([dueDay, outstanding]).to.deep.equal([civilDay(12), 6_500_00n]);
  });

  it("is refused up to and including the last second: InspectionOpen", async () => {
    const { stranger, order, receipt } = scene;
    await at(silentUntil);
    const call = stranger.deliveries.deemAccepted(order, 1, receipt);
    await expectRefusal(call, "InspectionOpen", BigInt(silentUntil));
  });

  it("is refused where there is no open delivery: NoOpenDelivery, before InspectionOpen", async () => {
    const { buyer, stranger, order, receipt } = scene;
    await buyer.deliveries.accept(order, 1, receipt, 0n);
    const call = stranger.deliveries.deemAccepted(order, 1, receipt);
    await expectRefusal(call, "NoOpenDelivery", order, 1n);
  });

  it("names the receipt that the goods left: WrongReceipt, before InspectionOpen", async () => {
    const { stranger, order } = scene;
    const call = stranger.deliveries.deemAccepted(order, 1, 0);
    await expectRefusal(call, "WrongReceipt", order, 1n, 0n);
  });

  it("does not stop the buyer from answering late, as long as nobody has recorded it", async () => {
    const { buyer, contracts, order, receipt } = scene;
    await onDay(10);
    await buyer.deliveries.accept(order, 1, receipt, 1_000_000n);
    expect((await contracts.orders.orderById(order)).accepted).to.equal(1_000_000n);
  });
});
