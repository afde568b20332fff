import { expect } from "chai";
import { assign, price } from "../support/assignment.ts";
import { ethers, load, onDay } from "../support/chain.ts";
import { deliver, owed, owedOrder, type OwedOrder } from "../support/scenes.ts";
import { ownAccount } from "../support/terms.ts";

describe("Assigning a receivable", () => {
  let scene: OwedOrder;

  beforeEach(async () => {
    scene = await load(owedOrder);
  });

  async function record(): Promise<readonly [outstanding: bigint, overdue: boolean]> {
    const { outstanding, overdue } = await scene.contracts.receivables.receivableOf(scene.order, 1);
    return [outstanding, overdue];
  }

  it("pays the price against the claim, in one transaction", async () => {
    const { cooperative, otherLender, contracts, receivable } = scene;
    const call = assign(scene);
    await expect(call).to.changeTokenBalances(
      ethers,
      contracts.deposits,
      [otherLender.address, cooperative.address],
      [-price, price],
    );
    await expect(call)
      .to.emit(contracts.receivables, "ReceivableAssigned")
      .withArgs(receivable, cooperative.address, otherLender.address, price, owed);
    await expect(call)
      .to.emit(contracts.receivables, "Transfer")
      .withArgs(cooperative.address, otherLender.address, receivable);
    expect(await contracts.receivables.ownerOf(receivable)).to.equal(otherLender.address);
    expect(await contracts.receivables.balanceOf(cooperative.address)).to.equal(0n);
    expect(await contracts.receivables.balanceOf(otherLender.address)).to.equal(1n);
  });

  it("pays the holder's payout account", async () => {
    const { cooperative, otherWarehouse, contracts } = scene;
    await cooperative.parties.setPayoutAccount(otherWarehouse.address);
    await expect(assign(scene)).to.changeTokenBalances(
      ethers,
      contracts.deposits,
      [cooperative.address, otherWarehouse.address],
      [0n, price],
    );
  });

  it("takes it from its order's root for good, and from the order's counters", async () => {
    const { contracts, facility, order } = scene;
    // 60 % of the 65,000.00 to come, and 85 % of the 65,000.00 owed.
    expect(await contracts.quotes.borrowingBase(facility, order)).to.equal(94_250_00n);
    await assign(scene);
    expect((await contracts.orders.orderById(order)).owed).to.equal(0n);
    expect(await contracts.quotes.borrowingBase(facility, order)).to.equal(39_000_00n);
    expect(await contracts.receivables.rootOf(order, 1)).to.equal(0n);
    const sold = await contracts.receivables.receivableOf(order, 1);
    expect([sold.holder, sold.outstanding, sold.assigned]).to.deep.equal([
      scene.otherLender.address,
      owed,
      true,
    ]);
  });

  it("takes its own amount alone from the counters", async () => {
    const { contracts, order } = scene;
    await deliver(scene, order, 2n, 2_000_000n);
    await assign(scene, { delivery: 2n, outstanding: 13_000_00n });
    expect((await contracts.orders.orderById(order)).owed).to.equal(owed);
  });

  it("takes nothing from the counters that was not in them: accepted by silence", async () => {
    const { cooperative, stranger, contracts, order } = scene;
    const arrival = BigInt((await ethers.provider.getBlock("latest"))!.timestamp) + 60n;
    await cooperative.deliveries.despatch(order, 2, 0, 2_000_000n, arrival);
    await onDay(5);
    await stranger.deliveries.deemAccepted(order, 2, 0);
    await assign(scene, { delivery: 2n, outstanding: 13_000_00n, price: 12_000_00n });
    expect((await contracts.orders.orderById(order)).owed).to.equal(owed);
  });

  it("moves no revision, and no loan is settled by it", async () => {
    const { contracts, order } = scene;
    await expect(assign(scene)).not.to.emit(contracts.liens, "LoanRecord");
    expect(await contracts.liens.revisionOf(order)).to.equal(0n);
  });

  it("leaves the order to be drawn on for what is still to come", async () => {
    const { cooperative, contracts, facility, order } = scene;
    await assign(scene);
    await cooperative.facilities.drawDown(facility, order, 39_000_00n, 0n, ownAccount);
    expect(await contracts.quotes.available(facility, order)).to.equal(0n);
  });

  it("may be for more or less than is owed: the price is theirs to agree", async () => {
    const { otherLender, cooperative, contracts } = scene;
    await expect(assign(scene, { price: 1n })).to.changeTokenBalances(
      ethers,
      contracts.deposits,
      [otherLender.address, cooperative.address],
      [-1n, 1n],
    );
  });

  it("goes through after a due day that nobody collected on", async () => {
    await onDay(31);
    await assign(scene);
    expect(await record()).to.deep.equal([owed, false]);
  });

  it("lifts a contest that has expired", async () => {
    const { buyer, contracts, order, receivable } = scene;
    await buyer.receivables.contest(order, 1, 5_000_00n);
    await onDay(31);
    await expect(assign(scene))
      .to.emit(contracts.receivables, "ContestLifted")
      .withArgs(receivable);
    const sold = await contracts.receivables.receivableOf(order, 1);
    expect([sold.outstanding, sold.contested]).to.deep.equal([owed, 0n]);
    expect((await contracts.orders.orderById(order)).owed).to.equal(0n);
  });

  it("can be done with a part of it paid", async () => {
    const { buyer, contracts, order } = scene;
    await buyer.receivables.pay(order, 1, 5_000_00n, owed);
    await assign(scene, { outstanding: 60_000_00n });
    expect((await contracts.orders.orderById(order)).owed).to.equal(0n);
  });

  it("takes a holder's word by its new key, once that has replaced the old one", async () => {
    const { admin, cooperative, stranger } = scene;
    await admin.parties.proposeKey(cooperative.address, stranger.address);
    await onDay(2);
    await stranger.parties.replaceKey(cooperative.address);
    await assign(scene, {}, stranger);
  });
});
