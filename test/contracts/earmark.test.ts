import { expect } from "chai";
import { load, onDay } from "../support/chain.ts";
import { expectRefusal } from "../support/refusals.ts";
import {
  detailsOf,
  acceptedOrder,
  deliver,
  despatch,
  makeOrder,
  store,
  storedOrder,
  weighIn,
  type StoredOrder,
} from "../support/scenes.ts";
import { noOrder, orderTerms, ownAccount, text } from "../support/terms.ts";

async function weighedGoods(): Promise<StoredOrder> {
  const scene = await acceptedOrder();
  return { ...scene, receipt: await weighIn(scene) };
}

describe("Earmarking a receipt", () => {
  let scene: StoredOrder;

  beforeEach(async () => {
    scene = await load(weighedGoods);
  });

  it("gives it the order as root, and counts it as stored", async () => {
    const { cooperative, contracts, order, receipt } = scene;
    await expect(cooperative.receipts.earmark(receipt, order, await detailsOf(scene, order)))
      .to.emit(contracts.receipts, "Earmarked")
      .withArgs(receipt, order, cooperative.address);
    expect(await contracts.receipts.rootOf(receipt)).to.equal(order);
    expect((await contracts.orders.orderById(order)).stored).to.equal(8_000_000n);
  });

  it("raises the base by what storage carries more than the order", async () => {
    const { cooperative, contracts, facility, order, receipt } = scene;
    expect(await contracts.quotes.borrowingBase(facility, order)).to.equal(78_000_00n);
    await cooperative.receipts.earmark(receipt, order, await detailsOf(scene, order));
    expect(await contracts.quotes.borrowingBase(facility, order)).to.equal(83_200_00n);
  });

  it("is refused a second time, for the same order or another: AlreadyEarmarked", async () => {
    const { cooperative, order, receipt } = scene;
    const another = await makeOrder(scene, { line: 2n });
    await cooperative.receipts.earmark(receipt, order, await detailsOf(scene, order));
    for (const root of [order, another])
      await expectRefusal(
        cooperative.receipts.earmark(receipt, root, await detailsOf(scene, root)),
        "AlreadyEarmarked",
        receipt,
      );
  });

  it("is refused for an emptied one: AlreadyEarmarked, InsufficientQuantity, then WrongOrder", async () => {
    const { cooperative, order, receipt } = scene;
    const other = await store(scene, order, { ticket: text("T-2") });
    for (const id of [receipt, other]) await cooperative.receipts.withdraw(id, 8_000_000n);
    await expectRefusal(
      cooperative.receipts.earmark(other, 0n, noOrder),
      "AlreadyEarmarked",
      other,
    );
    await expectRefusal(
      cooperative.receipts.earmark(receipt, 0n, noOrder),
      "InsufficientQuantity",
      1n,
      0n,
    );
  });

  describe("is refused: WrongOrder", () => {
    it("for an order that does not exist", async () => {
      const { cooperative, receipt } = scene;
      await expectRefusal(cooperative.receipts.earmark(receipt, 7n, noOrder), "WrongOrder", 7n);
    });

    it("for an order that is not accepted yet", async () => {
      const { buyer, cooperative, contracts, receipt } = scene;
      await buyer.orders.issue(orderTerms(scene, { line: 2n }));
      const issued = await contracts.orders.orderId(buyer.address, text("PO-2026-1"), 2n);
      await expectRefusal(
        cooperative.receipts.earmark(receipt, issued, await detailsOf(scene, issued)),
        "WrongOrder",
        issued,
      );
    });

    it("for an order that is fulfilled", async () => {
      const { cooperative, order, receipt } = scene;
      await deliver(scene, order, 1n, 20_000_000n);
      await expectRefusal(
        cooperative.receipts.earmark(receipt, order, await detailsOf(scene, order)),
        "WrongOrder",
        order,
      );
    });

    it("for an order that is cancelled", async () => {
      const { buyer, cooperative, order, receipt } = scene;
      await buyer.orders.cancel(order);
      await cooperative.orders.cancel(order);
      await expectRefusal(
        cooperative.receipts.earmark(receipt, order, await detailsOf(scene, order)),
        "WrongOrder",
        order,
      );
    });

    it("for an order that somebody else holds", async () => {
      const { warehouse, otherCooperative, contracts, order } = scene;
      const theirs = await weighIn(scene, {
        ticket: text("T-2"),
        depositor: otherCooperative.address,
      });
      expect(theirs).to.equal(await contracts.receipts.receiptId(warehouse.address, text("T-2")));
      await expectRefusal(
        otherCooperative.receipts.earmark(theirs, order, await detailsOf(scene, order)),
        "WrongOrder",
        order,
      );
    });

    it("with details that are not the order's, though the goods are", async () => {
      const { cooperative, order, receipt } = scene;
      const another = await makeOrder(scene, { line: 2n });
      for (const details of [noOrder, await detailsOf(scene, another)])
        await expectRefusal(
          cooperative.receipts.earmark(receipt, order, details),
          "WrongOrder",
          order,
        );
    });

    it("for an order of other goods, or of the same goods by another unit", async () => {
      const { cooperative, receipt } = scene;
      const tea = await makeOrder(scene, { line: 2n, item: text("TEA") });
      const tons = await makeOrder(scene, { line: 3n, unit: "0x544e45" });
      for (const order of [tea, tons])
        await expectRefusal(
          cooperative.receipts.earmark(receipt, order, await detailsOf(scene, order)),
          "WrongOrder",
          order,
        );
    });
  });
});

describe("Taking an earmark off", () => {
  let scene: StoredOrder;

  beforeEach(async () => {
    scene = await load(storedOrder);
  });

  async function draw(amount: bigint): Promise<void> {
    const { cooperative, facility, order } = scene;
    await cooperative.facilities.drawDown(facility, order, amount, 0n, ownAccount);
  }

  it("frees the goods of an order without a lien", async () => {
    const { cooperative, contracts, order, receipt } = scene;
    await expect(cooperative.receipts.unearmark(receipt))
      .to.emit(contracts.receipts, "Unearmarked")
      .withArgs(receipt, order, cooperative.address);
    expect(await contracts.receipts.rootOf(receipt)).to.equal(0n);
    expect((await contracts.orders.orderById(order)).stored).to.equal(0n);
    await cooperative.receipts.withdraw(receipt, 8_000_000n);
  });

  it("is refused without an earmark: NotEarmarked", async () => {
    const { cooperative, receipt } = scene;
    await cooperative.receipts.unearmark(receipt);
    await expectRefusal(cooperative.receipts.unearmark(receipt), "NotEarmarked", receipt);
  });

  it("is refused while a delivery from it is open: InTransit, before Encumbered", async () => {
    const { cooperative, order, receipt } = scene;
    await draw(83_200_00n);
    await despatch(scene, order, 1n, 1_000n, receipt);
    await expectRefusal(cooperative.receipts.unearmark(receipt), "InTransit", receipt);
  });

  it("is allowed under a lien exactly as far as the base without it carries the debt", async () => {
    const { cooperative, contracts, order, receipt } = scene;
    await draw(78_000_00n);
    await cooperative.receipts.unearmark(receipt);
    expect((await contracts.orders.orderById(order)).stored).to.equal(0n);
  });

  it("is refused one minor unit beyond that: Encumbered", async () => {
    const { cooperative, order, receipt } = scene;
    await draw(78_000_01n);
    await expectRefusal(cooperative.receipts.unearmark(receipt), "Encumbered", order);
  });

  it("counts the interest due as debt: Encumbered", async () => {
    const { cooperative, order, receipt } = scene;
    await draw(78_000_00n);
    await onDay(1);
    await expectRefusal(cooperative.receipts.unearmark(receipt), "Encumbered", order);
  });

  it("is refused past maturity, however small the debt: Encumbered", async () => {
    const { cooperative, order, receipt } = scene;
    await draw(1n);
    await onDay(91);
    await expectRefusal(cooperative.receipts.unearmark(receipt), "Encumbered", order);
  });

  it("is refused while the buyer is overdue, however small the debt: Encumbered", async () => {
    const { buyer, cooperative, stranger, order, receipt, addresses } = scene;
    await draw(1n);
    await deliver(scene, order, 1n, 1_000_000n);
    await buyer.deposits.approve(addresses.receivables, 0n);
    await onDay(30);
    await stranger.receivables.collect(order, 1);
    await expectRefusal(cooperative.receipts.unearmark(receipt), "Encumbered", order);
  });

  describe("with the lender's consent", () => {
    beforeEach(async () => {
      await draw(83_200_00n);
    });

    it("is allowed whatever the base, and once", async () => {
      const { lender, cooperative, contracts, facility, order, receipt } = scene;
      await expect(lender.receipts.consentToRelease(receipt))
        .to.emit(contracts.receipts, "ReleaseConsented")
        .withArgs(receipt, facility, lender.address);
      await cooperative.receipts.unearmark(receipt);
      await cooperative.receipts.earmark(receipt, order, await detailsOf(scene, order));
      await expectRefusal(cooperative.receipts.unearmark(receipt), "Encumbered", order);
    });

    it("is allowed past maturity", async () => {
      const { lender, cooperative, receipt } = scene;
      await onDay(91);
      await lender.receipts.consentToRelease(receipt);
      await cooperative.receipts.unearmark(receipt);
    });

    it("is not the holder's, nor another lender's, to give: NotPermitted", async () => {
      const { otherLender, cooperative, receipt } = scene;
      for (const other of [otherLender, cooperative])
        await expectRefusal(
          other.receipts.consentToRelease(receipt),
          "NotPermitted",
          other.address,
        );
    });

    it("needs an earmark and a lien: NotEarmarked, NotPermitted", async () => {
      const { lender, cooperative, order, receipt } = scene;
      const free = await weighIn(scene, { ticket: text("T-2") });
      await expectRefusal(lender.receipts.consentToRelease(free), "NotEarmarked", free);
      await cooperative.deposits.approve(scene.addresses.facilities, 2n ** 200n);
      await cooperative.facilities.repay(order, 83_200_00n, 1n);
      const call = lender.receipts.consentToRelease(receipt);
      await expectRefusal(call, "NotPermitted", lender.address);
    });

    it("covers no goods that were merged into the receipt afterwards: Encumbered", async () => {
      const { lender, cooperative, order, receipt } = scene;
      const little = await store(scene, order, { ticket: text("T-2"), quantity: 1_000n });
      await lender.receipts.consentToRelease(little);
      await cooperative.receipts.merge(receipt, little);
      await expectRefusal(cooperative.receipts.unearmark(little), "Encumbered", order);
    });

    it("covers no goods that a recall brought back afterwards: Encumbered", async () => {
      const { lender, cooperative, warehouse, order, receipt } = scene;
      await despatch(scene, order, 1n, 7_999_000n, receipt);
      await lender.receipts.consentToRelease(receipt);
      await warehouse.deliveries.recall(order, 1n, receipt);
      await expectRefusal(cooperative.receipts.unearmark(receipt), "Encumbered", order);
    });

    it("covers what a split or a loss has left of them", async () => {
      const { lender, cooperative, warehouse, receipt } = scene;
      await lender.receipts.consentToRelease(receipt);
      await cooperative.receipts.split(receipt, 1_000_000n, 1);
      await warehouse.receipts.shrink(receipt, 1_000n);
      await cooperative.receipts.unearmark(receipt);
    });

    it("does not cover what was drawn afterwards: Encumbered", async () => {
      const { lender, cooperative, facility, order, receipt } = scene;
      await cooperative.facilities.repay(order, 80_000_00n, 1n);
      await lender.receipts.consentToRelease(receipt);
      await cooperative.facilities.drawDown(facility, order, 80_000_00n, 2n, ownAccount);
      await expectRefusal(cooperative.receipts.unearmark(receipt), "Encumbered", order);
    });

    it("does not outlive the loan that it was given for: Encumbered", async () => {
      const { lender, cooperative, facility, order, receipt } = scene;
      await lender.receipts.consentToRelease(receipt);
      await cooperative.facilities.repay(order, 83_200_00n, 1n);
      await cooperative.facilities.drawDown(facility, order, 83_200_00n, 2n, ownAccount);
      await expectRefusal(cooperative.receipts.unearmark(receipt), "Encumbered", order);
    });
  });
});
