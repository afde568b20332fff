import { expect } from "chai";
import { at, civilDay, day, ethers, load, onDay } from "../support/chain.ts";
import { expectRefusal } from "../support/refusals.ts";
import { financedReceivable, owed, owedOrder, type OwedOrder } from "../support/scenes.ts";

const withoutLimit = 2n ** 256n - 1n;

describe("Collecting a receivable", () => {
  let scene: OwedOrder;

  beforeEach(async () => {
    scene = await load(owedOrder);
  });

  async function record(): Promise<readonly [outstanding: bigint, overdue: boolean]> {
    const { outstanding, overdue } = await scene.contracts.receivables.receivableOf(scene.order, 1);
    return [outstanding, overdue];
  }

  it("is anyone's to trigger from the due day, and pays the holder", async () => {
    const { buyer, cooperative, stranger, contracts, order, receivable } = scene;
    await onDay(30);
    const call = stranger.receivables.collect(order, 1);
    await expect(call).to.changeTokenBalances(
      ethers,
      contracts.deposits,
      [buyer.address, cooperative.address],
      [-owed, owed],
    );
    await expect(call)
      .to.emit(contracts.receivables, "ReceivablePaid")
      .withArgs(receivable, order, stranger.address, owed, 0n, owed, true);
    expect(await record()).to.deep.equal([0n, false]);
    expect((await contracts.orders.orderById(order)).owed).to.equal(0n);
  });

  it("pays the holder's payout account", async () => {
    const { cooperative, stranger, otherLender, contracts, order } = scene;
    await cooperative.parties.setPayoutAccount(otherLender.address);
    await onDay(30);
    await expect(stranger.receivables.collect(order, 1)).to.changeTokenBalances(
      ethers,
      contracts.deposits,
      [cooperative.address, otherLender.address],
      [0n, owed],
    );
  });

  it("raises the root's revision, loan or not", async () => {
    const { stranger, contracts, order } = scene;
    await onDay(30);
    await stranger.receivables.collect(order, 1);
    expect((await contracts.liens.loanOf(order)).revision).to.equal(1n);
  });

  it("goes on while originating is paused and every party suspended", async () => {
    const { admin, buyer, cooperative, stranger, order } = scene;
    await admin.parties.setPaused(true);
    for (const { address } of [buyer, cooperative]) await admin.parties.setSuspended(address, true);
    await onDay(30);
    await stranger.receivables.collect(order, 1);
    expect(await record()).to.deep.equal([0n, false]);
  });

  it("is refused for what does not exist: NoReceivable", async () => {
    const { stranger, contracts } = scene;
    const none = await contracts.receivables.receivableId(7n, 1);
    await expectRefusal(stranger.receivables.collect(7n, 1), "NoReceivable", none);
  });

  it("is refused on the last second before the due day: NotDue", async () => {
    const { stranger, order } = scene;
    const midnight = day(30) - 9 * 3600;
    await at(midnight - 1);
    const early = stranger.receivables.collect(order, 1);
    await expectRefusal(early, "NotDue", civilDay(30), civilDay(29));
    await at(midnight);
    await stranger.receivables.collect(order, 1);
  });

  it("is refused when nothing is outstanding, as when sent twice: NothingToCollect", async () => {
    const { stranger, order, receivable } = scene;
    await onDay(30);
    await stranger.receivables.collect(order, 1);
    const again = stranger.receivables.collect(order, 1);
    await expectRefusal(again, "NothingToCollect", receivable);
  });

  it("is refused while all of it is contested: NothingToCollect", async () => {
    const { buyer, stranger, order, receivable } = scene;
    await buyer.receivables.contest(order, 1, owed);
    await onDay(30);
    const call = stranger.receivables.collect(order, 1);
    await expectRefusal(call, "NothingToCollect", receivable);
  });

  it("takes what is not contested, and that is not overdue", async () => {
    const { buyer, stranger, order } = scene;
    await buyer.receivables.contest(order, 1, 5_000_00n);
    await onDay(30);
    await stranger.receivables.collect(order, 1);
    expect(await record()).to.deep.equal([5_000_00n, false]);
  });

  for (const [short, limit] of [
    ["mandate", "allowance"],
    ["account", "balance"],
  ] as const)
    it(`takes no more than the buyer's ${limit}, and the rest is overdue`, async () => {
      const { buyer, lender, stranger, contracts, addresses, order, receivable } = scene;
      if (short === "mandate") await buyer.deposits.approve(addresses.receivables, 20_000_00n);
      else {
        const balance = await contracts.deposits.balanceOf(buyer.address);
        await buyer.deposits.transfer(lender.address, balance - 20_000_00n);
      }
      await onDay(30);
      await expect(stranger.receivables.collect(order, 1))
        .to.emit(contracts.receivables, "ReceivableOverdue")
        .withArgs(receivable, order);
      expect(await record()).to.deep.equal([45_000_00n, true]);
      const { owed: counted, overdueCount } = await contracts.orders.orderById(order);
      expect([counted, overdueCount]).to.deep.equal([0n, 1n]);
    });

  describe("that the buyer cannot pay at all", () => {
    beforeEach(async () => {
      const { buyer, stranger, addresses, order } = scene;
      await buyer.deposits.approve(addresses.receivables, 0n);
      await onDay(30);
      await stranger.receivables.collect(order, 1);
    });

    it("makes it overdue, without moving money or the revision", async () => {
      const { contracts, order } = scene;
      expect(await record()).to.deep.equal([owed, true]);
      expect((await contracts.liens.loanOf(order)).revision).to.equal(0n);
    });

    it("is refused a second time: NothingToCollect", async () => {
      const { stranger, order, receivable } = scene;
      const call = stranger.receivables.collect(order, 1);
      await expectRefusal(call, "NothingToCollect", receivable);
    });

    it("stays overdue through part collections until nothing is outstanding", async () => {
      const { buyer, stranger, contracts, addresses, order } = scene;
      await buyer.deposits.approve(addresses.receivables, 64_999_99n);
      await stranger.receivables.collect(order, 1);
      expect(await record()).to.deep.equal([1n, true]);
      await buyer.deposits.approve(addresses.receivables, withoutLimit);
      await stranger.receivables.collect(order, 1);
      expect(await record()).to.deep.equal([0n, false]);
      expect((await contracts.orders.orderById(order)).overdueCount).to.equal(0n);
    });
  });

  it("counts two overdue receivables of one root, and forgets them one by one", async () => {
    const { buyer, cooperative, stranger, contracts, addresses, order } = scene;
    await cooperative.deliveries.despatch(order, 2, 0, 10_000_000n, BigInt(day(1)));
    await buyer.deliveries.accept(order, 2, 0, 10_000_000n);
    await buyer.deposits.approve(addresses.receivables, 0n);
    await onDay(31);
    for (const delivery of [1, 2]) await stranger.receivables.collect(order, delivery);
    expect((await contracts.orders.orderById(order)).overdueCount).to.equal(2n);
    await buyer.deposits.approve(addresses.receivables, withoutLimit);
    await stranger.receivables.collect(order, 2);
    expect((await contracts.orders.orderById(order)).overdueCount).to.equal(1n);
  });
});

describe("Collecting a receivable whose root carries a loan", () => {
  let scene: OwedOrder;

  beforeEach(async () => {
    scene = await load(financedReceivable);
  });

  it("repays interest and what the base no longer carries, and the rest is the holder's", async () => {
    const { buyer, cooperative, lender, stranger, contracts, facility, order } = scene;
    await onDay(30);
    const call = stranger.receivables.collect(order, 1);
    // 30 days at 4.52 % of 50,000.00, and principal down to 60 % of the 65,000.00 still to come.
    await expect(call)
      .to.emit(contracts.facilities, "LoanSettled")
      .withArgs(facility, order, 188_33n, 11_000_00n, 39_000_00n);
    await expect(call).to.changeTokenBalances(
      ethers,
      contracts.deposits,
      [buyer.address, lender.address, cooperative.address],
      [-65_000_00n, 11_188_33n, 53_811_67n],
    );
    const loan = await contracts.liens.loanOf(order);
    expect([loan.principal, loan.revision]).to.deep.equal([39_000_00n, 2n]);
    expect((await contracts.facilities.facilityById(facility)).drawn).to.equal(39_000_00n);
  });

  it("takes what is overdue out of the base before the money is split", async () => {
    const { buyer, lender, stranger, contracts, addresses, order } = scene;
    await buyer.deposits.approve(addresses.receivables, 11_188_34n);
    await onDay(30);
    const call = stranger.receivables.collect(order, 1);
    await expect(call).to.changeTokenBalances(
      ethers,
      contracts.deposits,
      [buyer.address, lender.address, scene.cooperative.address],
      [-11_188_34n, 11_188_33n, 1n],
    );
  });
});
