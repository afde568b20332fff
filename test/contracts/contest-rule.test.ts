import { expect } from "chai";
import { civilDay, day, load, onDay } from "../support/chain.ts";
import { expectRefusal } from "../support/refusals.ts";
import { owed, owedOrder, type OwedOrder } from "../support/scenes.ts";
import { orderTerms } from "../support/terms.ts";

const contested = 5_000_00n;

async function countedOwed({ contracts, order }: OwedOrder): Promise<bigint> {
  return (await contracts.orders.orderById(order)).owed;
}

describe("Contesting a receivable", () => {
  let scene: OwedOrder;

  beforeEach(async () => {
    scene = await load(owedOrder);
  });

  it("holds only the amount, and takes it out of the base", async () => {
    const { buyer, contracts, order, receivable } = scene;
    await expect(buyer.receivables.contest(order, 1, contested))
      .to.emit(contracts.receivables, "Contested")
      .withArgs(receivable, buyer.address, contested);
    const record = await contracts.receivables.receivableOf(order, 1);
    expect([record.outstanding, record.contested, record.contestDay]).to.deep.equal([
      owed,
      contested,
      civilDay(0),
    ]);
    expect(await countedOwed(scene)).to.equal(owed - contested);
  });

  it("may take all of it", async () => {
    await scene.buyer.receivables.contest(scene.order, 1, owed);
    expect(await countedOwed(scene)).to.equal(0n);
  });

  it("is refused for what does not exist: NoReceivable", async () => {
    const { buyer, contracts } = scene;
    const none = await contracts.receivables.receivableId(7n, 1);
    await expectRefusal(buyer.receivables.contest(7n, 1, 1n), "NoReceivable", none);
  });

  it("is refused to anyone but the debtor: NotPermitted", async () => {
    const { otherBuyer, order } = scene;
    const call = otherBuyer.receivables.contest(order, 1, 1n);
    await expectRefusal(call, "NotPermitted", otherBuyer.address);
  });

  it("is refused for nothing: ZeroAmount, before AlreadyContested", async () => {
    const { buyer, order } = scene;
    await buyer.receivables.contest(order, 1, contested);
    await expectRefusal(buyer.receivables.contest(order, 1, 0n), "ZeroAmount");
  });

  it("is refused a second time: AlreadyContested, before ContestTooLate", async () => {
    const { buyer, order, receivable } = scene;
    await buyer.receivables.contest(order, 1, contested);
    await onDay(20);
    const call = buyer.receivables.contest(order, 1, 1n);
    await expectRefusal(call, "AlreadyContested", receivable);
  });

  it("is refused a second time even after a ruling: AlreadyContested", async () => {
    const { buyer, arbiter, order, receivable } = scene;
    await buyer.receivables.contest(order, 1, contested);
    await arbiter.receivables.rule(order, 1, 0n, orderTerms(scene));
    const call = buyer.receivables.contest(order, 1, 1n);
    await expectRefusal(call, "AlreadyContested", receivable);
  });

  it("is allowed on the sixth day after acceptance", async () => {
    await onDay(6);
    await scene.buyer.receivables.contest(scene.order, 1, contested);
  });

  it("is refused on the seventh: ContestTooLate, before ContestTooLarge", async () => {
    const { buyer, order } = scene;
    await onDay(7);
    const call = buyer.receivables.contest(order, 1, owed + 1n);
    await expectRefusal(call, "ContestTooLate", civilDay(6), civilDay(7));
  });

  it("is refused beyond what is outstanding: ContestTooLarge", async () => {
    const { buyer, order } = scene;
    await buyer.receivables.pay(order, 1, 60_000_00n, owed);
    const call = buyer.receivables.contest(order, 1, 5_000_01n);
    await expectRefusal(call, "ContestTooLarge", 5_000_01n, 5_000_00n);
  });
});

describe("Ruling on a contest", () => {
  let scene: OwedOrder;

  beforeEach(async () => {
    scene = await load(contestedOrder);
  });

  async function contestedOrder(): Promise<OwedOrder> {
    const owing = await owedOrder();
    await owing.buyer.receivables.contest(owing.order, 1, contested);
    return owing;
  }

  async function record(): Promise<readonly [outstanding: bigint, contested: bigint]> {
    const receivable = await scene.contracts.receivables.receivableOf(scene.order, 1);
    return [receivable.outstanding, receivable.contested];
  }

  it("shrinks the debt by what is upheld, and makes the rest payable again", async () => {
    const { arbiter, contracts, order, receivable } = scene;
    await expect(arbiter.receivables.rule(order, 1, 2_000_00n, orderTerms(scene)))
      .to.emit(contracts.receivables, "Ruled")
      .withArgs(receivable, arbiter.address, 2_000_00n);
    expect(await record()).to.deep.equal([63_000_00n, 0n]);
    expect(await countedOwed(scene)).to.equal(63_000_00n);
  });

  it("may settle what was paid up to the contested amount, and ends an overdue", async () => {
    const { arbiter, buyer, stranger, contracts, addresses, order } = scene;
    await buyer.deposits.approve(addresses.receivables, 59_000_00n);
    await onDay(30);
    await stranger.receivables.collect(order, 1);
    expect((await contracts.orders.orderById(order)).overdueCount).to.equal(1n);
    await buyer.deposits.approve(addresses.receivables, 1_000_00n);
    await stranger.receivables.collect(order, 1);
    await arbiter.receivables.rule(order, 1, contested, orderTerms(scene));
    expect(await record()).to.deep.equal([0n, 0n]);
    expect((await contracts.orders.orderById(order)).overdueCount).to.equal(0n);
  });

  it("is refused for what does not exist: NoReceivable", async () => {
    const { arbiter, contracts } = scene;
    const none = await contracts.receivables.receivableId(7n, 1);
    const call = arbiter.receivables.rule(7n, 1, 0n, orderTerms(scene));
    await expectRefusal(call, "NoReceivable", none);
  });

  it("is refused to anyone but the order's arbiter: NotPermitted", async () => {
    const { otherArbiter, buyer, cooperative, order } = scene;
    for (const other of [otherArbiter, buyer, cooperative])
      await expectRefusal(
        other.receivables.rule(order, 1, 0n, orderTerms(scene)),
        "NotPermitted",
        other.address,
      );
  });

  it("is refused with terms that name the caller and are not the order's: NotPermitted", async () => {
    const { otherArbiter, order } = scene;
    const forged = orderTerms(scene, { arbiter: otherArbiter.address });
    const call = otherArbiter.receivables.rule(order, 1, 0n, forged);
    await expectRefusal(call, "NotPermitted", otherArbiter.address);
  });

  it("is refused where nothing is contested, as when sent twice: NotContested", async () => {
    const { arbiter, order, receivable } = scene;
    await arbiter.receivables.rule(order, 1, 2_000_00n, orderTerms(scene));
    const call = arbiter.receivables.rule(order, 1, 2_000_00n, orderTerms(scene));
    await expectRefusal(call, "NotContested", receivable);
  });

  it("is allowed on the thirtieth day after the contest", async () => {
    await onDay(30);
    await scene.arbiter.receivables.rule(scene.order, 1, contested, orderTerms(scene));
    expect(await record()).to.deep.equal([60_000_00n, 0n]);
  });

  it("is refused on the thirty-first: ContestExpired, before ContestTooLarge", async () => {
    const { arbiter, order } = scene;
    await onDay(31);
    const call = arbiter.receivables.rule(order, 1, contested + 1n, orderTerms(scene));
    await expectRefusal(call, "ContestExpired", civilDay(30), civilDay(31));
  });

  it("is refused beyond what is contested: ContestTooLarge", async () => {
    const { arbiter, order } = scene;
    const call = arbiter.receivables.rule(order, 1, contested + 1n, orderTerms(scene));
    await expectRefusal(call, "ContestTooLarge", contested + 1n, contested);
  });

  describe("that nobody gave in time", () => {
    it("lets a collection take all of it", async () => {
      const { stranger, contracts, order, receivable } = scene;
      await onDay(31);
      await expect(stranger.receivables.collect(order, 1))
        .to.emit(contracts.receivables, "ContestLifted")
        .withArgs(receivable);
      expect(await record()).to.deep.equal([0n, 0n]);
      expect(await countedOwed(scene)).to.equal(0n);
    });

    it("lets the debtor pay all of it", async () => {
      const { buyer, contracts, order, receivable } = scene;
      await onDay(31);
      await expect(buyer.receivables.pay(order, 1, owed, owed))
        .to.emit(contracts.receivables, "ContestLifted")
        .withArgs(receivable);
      expect(await record()).to.deep.equal([0n, 0n]);
    });

    it("counts nothing of what was accepted by silence", async () => {
      const { buyer, cooperative, stranger, contracts, order } = scene;
      await cooperative.deliveries.despatch(order, 2, 0, 2_000_000n, BigInt(day(1)));
      await onDay(5);
      await stranger.deliveries.deemAccepted(order, 2, 0);
      await buyer.receivables.contest(order, 2, 3_000_00n);
      const before = await countedOwed(scene);
      await onDay(36);
      await buyer.receivables.pay(order, 2, 1_00n, 13_000_00n);
      const { outstanding, contested: held } = await contracts.receivables.receivableOf(order, 2);
      expect([outstanding, held]).to.deep.equal([12_999_00n, 0n]);
      expect(await countedOwed(scene)).to.equal(before);
    });

    it("makes what was contested overdue if it is then not paid", async () => {
      const { buyer, stranger, contracts, addresses, order } = scene;
      await buyer.deposits.approve(addresses.receivables, 60_000_00n);
      await onDay(31);
      await stranger.receivables.collect(order, 1);
      expect((await contracts.receivables.receivableOf(order, 1)).overdue).to.equal(true);
      expect(await record()).to.deep.equal([contested, 0n]);
    });
  });
});
