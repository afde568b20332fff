import { expect } from "chai";
import { assign } from "../support/assignment.ts";
import { ethers, load, onDay } from "../support/chain.ts";
import { expectRefusal } from "../support/refusals.ts";
import { deliver, owed, owedOrder, type OwedOrder } from "../support/scenes.ts";
import { roles } from "../support/sheaf.ts";
import { orderTerms, ownAccount } from "../support/terms.ts";

/** The root of what belongs to no order any more. */
const noRoot = 0n;

describe("A receivable that was assigned", () => {
  let scene: OwedOrder;

  async function soldReceivable(): Promise<OwedOrder> {
    const owing = await owedOrder();
    await assign(owing);
    return owing;
  }

  beforeEach(async () => {
    scene = await load(soldReceivable);
  });

  async function counters(): Promise<readonly [owed: bigint, overdueCount: bigint]> {
    const { owed: counted, overdueCount } = await scene.contracts.orders.orderById(scene.order);
    return [counted, overdueCount];
  }

  it("is collected for its new holder, at its payout account", async () => {
    const { buyer, cooperative, otherLender, stranger, contracts, order, receivable } = scene;
    await onDay(30);
    const call = stranger.receivables.collect(order, 1);
    await expect(call).to.changeTokenBalances(
      ethers,
      contracts.deposits,
      [buyer.address, cooperative.address, otherLender.address],
      [-owed, 0n, owed],
    );
    await expect(call)
      .to.emit(contracts.receivables, "ReceivablePaid")
      .withArgs(receivable, noRoot, stranger.address, owed, 0n, owed, true);
  });

  it("is paid to its new holder, in parts", async () => {
    const { buyer, otherLender, contracts, order } = scene;
    await expect(buyer.receivables.pay(order, 1, 1_00n, owed)).to.changeTokenBalances(
      ethers,
      contracts.deposits,
      [buyer.address, otherLender.address],
      [-1_00n, 1_00n],
    );
    expect(await counters()).to.deep.equal([0n, 0n]);
  });

  it("has no waterfall: a loan on its order takes nothing of it, overdue or in default", async () => {
    const { cooperative, lender, otherLender, stranger, contracts, facility, order } = scene;
    await cooperative.facilities.drawDown(facility, order, 39_000_00n, 0n, ownAccount);
    await onDay(96);
    await lender.facilities.declareDefault(order);
    await expect(stranger.receivables.collect(order, 1)).to.changeTokenBalances(
      ethers,
      contracts.deposits,
      [lender.address, otherLender.address],
      [0n, owed],
    );
    const { principal, revision } = await contracts.liens.loanOf(order);
    expect([principal, revision]).to.deep.equal([39_000_00n, 2n]);
  });

  it("raises no revision when it is paid", async () => {
    const { stranger, contracts, order } = scene;
    await onDay(30);
    await stranger.receivables.collect(order, 1);
    expect(await contracts.liens.revisionOf(order)).to.equal(0n);
  });

  it("may be assigned again, to a lender that the new holder agrees with, and again", async () => {
    const { lender, otherLender, buyer, stranger, contracts, order } = scene;
    const again = assign(scene, { price: 64_500_00n }, otherLender, lender);
    await expect(again).to.changeTokenBalances(
      ethers,
      contracts.deposits,
      [lender.address, otherLender.address],
      [-64_500_00n, 64_500_00n],
    );
    await assign(scene, { price: 64_600_00n }, lender, otherLender);
    await onDay(30);
    await expect(stranger.receivables.collect(order, 1)).to.changeTokenBalances(
      ethers,
      contracts.deposits,
      [buyer.address, lender.address, otherLender.address],
      [-owed, 0n, owed],
    );
  });

  it("may be assigned again though its order carries a loan by now", async () => {
    const { cooperative, lender, otherLender, contracts, facility, order, receivable } = scene;
    await cooperative.facilities.drawDown(facility, order, 39_000_00n, 0n, ownAccount);
    await assign(scene, {}, otherLender, lender);
    expect(await contracts.receivables.ownerOf(receivable)).to.equal(lender.address);
    expect(await contracts.liens.revisionOf(order)).to.equal(1n);
  });

  it("comes back to a holder that lends as well, and its old words do not sell it again", async () => {
    const { admin, cooperative, otherLender } = scene;
    await admin.parties.setRoles(cooperative.address, roles.cooperative | roles.lender);
    await assign(scene, {}, otherLender, cooperative);
    await expectRefusal(assign(scene), "NonceUsed", cooperative.address, 1n);
    await assign(scene, { nonce: 2n });
  });

  it("touches no counter of its order when it is contested and ruled on", async () => {
    const { buyer, arbiter, contracts, order } = scene;
    await deliver(scene, order, 2n, 2_000_000n);
    await buyer.receivables.contest(order, 1, 5_000_00n);
    expect(await counters()).to.deep.equal([13_000_00n, 0n]);
    await arbiter.receivables.rule(order, 1, 2_000_00n, orderTerms(scene));
    expect(await counters()).to.deep.equal([13_000_00n, 0n]);
    const sold = await contracts.receivables.receivableOf(order, 1);
    expect([sold.outstanding, sold.contested]).to.deep.equal([63_000_00n, 0n]);
  });

  it("is paid to its new holder less what the arbiter upheld", async () => {
    const { buyer, arbiter, otherLender, stranger, contracts, order } = scene;
    await buyer.receivables.contest(order, 1, 5_000_00n);
    await arbiter.receivables.rule(order, 1, 2_000_00n, orderTerms(scene));
    await onDay(30);
    await expect(stranger.receivables.collect(order, 1)).to.changeTokenBalances(
      ethers,
      contracts.deposits,
      [buyer.address, otherLender.address],
      [-63_000_00n, 63_000_00n],
    );
  });

  it("is overdue by itself: its order counts nothing overdue and is drawn on", async () => {
    const { buyer, cooperative, stranger, contracts, addresses, facility, order, receivable } =
      scene;
    await buyer.deposits.approve(addresses.receivables, 20_000_00n);
    await onDay(30);
    await expect(stranger.receivables.collect(order, 1))
      .to.emit(contracts.receivables, "ReceivableOverdue")
      .withArgs(receivable, noRoot);
    const { outstanding, overdue } = await contracts.receivables.receivableOf(order, 1);
    expect([outstanding, overdue]).to.deep.equal([45_000_00n, true]);
    expect(await counters()).to.deep.equal([0n, 0n]);
    await cooperative.facilities.drawDown(facility, order, 39_000_00n, 0n, ownAccount);
  });

  it("is settled late without a trace in its order's counters", async () => {
    const { buyer, stranger, contracts, addresses, order } = scene;
    await buyer.deposits.approve(addresses.receivables, 0n);
    await onDay(30);
    await stranger.receivables.collect(order, 1);
    await buyer.deposits.approve(addresses.receivables, owed);
    const late = stranger.receivables.collect(order, 1);
    await expect(late).not.to.emit(contracts.orders, "OrderRecord");
    const { outstanding, overdue } = await contracts.receivables.receivableOf(order, 1);
    expect([outstanding, overdue]).to.deep.equal([0n, false]);
    expect(await counters()).to.deep.equal([0n, 0n]);
  });

  it("leaves a second receivable of the order to the waterfall", async () => {
    const { cooperative, lender, stranger, contracts, facility, order } = scene;
    await cooperative.facilities.drawDown(facility, order, 39_000_00n, 0n, ownAccount);
    await deliver(scene, order, 2n, 10_000_000n);
    await onDay(30);
    // All is delivered and this is the last that is owed: interest of 30 days, 146.90, and all of the principal.
    await expect(stranger.receivables.collect(order, 2)).to.changeTokenBalances(
      ethers,
      contracts.deposits,
      [lender.address, cooperative.address],
      [39_146_90n, 65_000_00n - 39_146_90n],
    );
  });

  it("cannot be ruled on by an arbiter that holds it", async () => {
    const { admin, arbiter, buyer, otherLender, order } = scene;
    await admin.parties.setRoles(arbiter.address, roles.arbiter | roles.lender);
    await assign(scene, {}, otherLender, arbiter);
    await buyer.receivables.contest(order, 1, 5_000_00n);
    const ruling = arbiter.receivables.rule(order, 1, 0n, orderTerms(scene));
    await expectRefusal(ruling, "NotPermitted", arbiter.address);
  });
});
