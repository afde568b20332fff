import { expect } from "chai";
import { at, day, load, onDay } from "../support/chain.ts";
import { expectRefusal } from "../support/refusals.ts";
import { deliver, despatch, makeOrder, storedOrder, type StoredOrder } from "../support/scenes.ts";
import { ownAccount, orderTerms, text } from "../support/terms.ts";

describe("Despatching goods", () => {
  const arrival = BigInt(day(2));
  let scene: StoredOrder;

  beforeEach(async () => {
    scene = await load(storedOrder);
  });

  it("from the field makes them pending", async () => {
    const { cooperative, contracts, order } = scene;
    await expect(cooperative.deliveries.despatch(order, 1, 0, 12_000_000n, arrival))
      .to.emit(contracts.deliveries, "Despatched")
      .withArgs(order, 1n, 0n, cooperative.address, 12_000_000n, arrival);
    const record = await contracts.orders.orderById(order);
    expect([record.pending, record.stored, record.deliveries]).to.deep.equal([
      12_000_000n,
      8_000_000n,
      1n,
    ]);
    const delivery = await contracts.deliveries.deliveryById(order, 1);
    expect([
      delivery.status,
      delivery.quantity,
      delivery.arrivesBy,
      delivery.receipt,
    ]).to.deep.equal([1n, 12_000_000n, arrival, 0n]);
  });

  it("from a receipt takes them from it there and then, and holds the capacity", async () => {
    const { cooperative, warehouse, contracts, order, receipt } = scene;
    await cooperative.deliveries.despatch(order, 1, receipt, 5_000_000n, arrival);
    const goods = await contracts.receipts.receiptById(receipt);
    expect([goods.quantity, goods.openDeliveries]).to.deep.equal([3_000_000n, 1n]);
    const record = await contracts.orders.orderById(order);
    expect([record.pending, record.stored]).to.deep.equal([5_000_000n, 3_000_000n]);
    expect((await contracts.receipts.capacityOf(warehouse.address)).used).to.equal(8_000_000n);
  });

  it("goes on under a lien, and when originating is paused and the seller suspended", async () => {
    const { admin, cooperative, contracts, facility, order, receipt } = scene;
    await cooperative.facilities.drawDown(facility, order, 50_000_00n, 0n, ownAccount);
    await admin.parties.setPaused(true);
    await admin.parties.setSuspended(cooperative.address, true);
    await despatch(scene, order, 1n, 8_000_000n, receipt);
    expect((await contracts.orders.orderById(order)).pending).to.equal(8_000_000n);
  });

  it("is numbered, so that it cannot be sent twice: StaleState", async () => {
    const { cooperative, order } = scene;
    await cooperative.deliveries.despatch(order, 1, 0, 1_000n, arrival);
    const again = cooperative.deliveries.despatch(order, 1, 0, 1_000n, arrival);
    await expectRefusal(again, "StaleState", 1n, 2n);
    const ahead = cooperative.deliveries.despatch(order, 3, 0, 1_000n, arrival);
    await expectRefusal(ahead, "StaleState", 3n, 2n);
  });

  it("is refused for an order that is not accepted: WrongOrder", async () => {
    const { buyer, cooperative, contracts } = scene;
    await buyer.orders.issue(orderTerms(scene, { line: 2n }));
    const id = await contracts.orders.orderId(buyer.address, text("PO-2026-1"), 2);
    const call = cooperative.deliveries.despatch(id, 1, 0, 1n, arrival);
    await expectRefusal(call, "WrongOrder", id);
  });

  it("is refused for a fulfilled order: WrongOrder, before ZeroAmount", async () => {
    const { cooperative, order, receipt } = scene;
    await deliver(scene, order, 1n, 12_000_000n);
    await deliver(scene, order, 2n, 8_000_000n, receipt);
    const call = cooperative.deliveries.despatch(order, 3, 0, 0n, arrival);
    await expectRefusal(call, "WrongOrder", order);
  });

  it("is refused for a lapsed order: WrongOrder", async () => {
    const { buyer, cooperative, order } = scene;
    await onDay(91);
    await buyer.orders.lapse(order);
    const call = cooperative.deliveries.despatch(order, 1, 0, 1n, BigInt(day(92)));
    await expectRefusal(call, "WrongOrder", order);
  });

  it("is refused for nothing: ZeroAmount, before ArrivalInThePast", async () => {
    const { cooperative, order } = scene;
    await expectRefusal(cooperative.deliveries.despatch(order, 1, 0, 0n, 0n), "ZeroAmount");
  });

  it("is refused beyond what is open: OverDelivery, before ArrivalInThePast", async () => {
    const { cooperative, order } = scene;
    await despatch(scene, order, 1n, 12_000_000n);
    await expectRefusal(
      cooperative.deliveries.despatch(order, 2, 0, 8_000_001n, 0n),
      "OverDelivery",
      8_000_001n,
      8_000_000n,
    );
  });

  it("is refused with an arrival one second ago: ArrivalInThePast, before NotEarmarked", async () => {
    const { cooperative, order } = scene;
    const now = BigInt(day(1));
    await onDay(1);
    await expectRefusal(
      cooperative.deliveries.despatch(order, 1, 7n, 1n, now - 1n),
      "ArrivalInThePast",
      now - 1n,
      now,
    );
    await at(day(1) + 60);
    await cooperative.deliveries.despatch(order, 1, 0, 1n, now + 60n);
  });

  describe("from a receipt", () => {
    it("that is earmarked for nothing is refused: NotEarmarked, before InsufficientQuantity", async () => {
      const { cooperative, order, receipt } = scene;
      await cooperative.receipts.unearmark(receipt);
      const call = cooperative.deliveries.despatch(order, 1, receipt, 9_000_000n, arrival);
      await expectRefusal(call, "NotEarmarked", receipt);
    });

    it("that is earmarked for another order is refused: NotEarmarked", async () => {
      const { cooperative, receipt } = scene;
      const another = await makeOrder(scene, { line: 2n });
      const call = cooperative.deliveries.despatch(another, 1, receipt, 1n, arrival);
      await expectRefusal(call, "NotEarmarked", receipt);
    });

    it("is refused beyond what it holds: InsufficientQuantity", async () => {
      const { cooperative, order, receipt } = scene;
      await expectRefusal(
        cooperative.deliveries.despatch(order, 1, receipt, 8_000_001n, arrival),
        "InsufficientQuantity",
        8_000_001n,
        8_000_000n,
      );
    });
  });

  describe("from the field", () => {
    it("is refused for what is in store for the order: GoodsInStore", async () => {
      const { cooperative, order } = scene;
      await expectRefusal(
        cooperative.deliveries.despatch(order, 1, 0, 12_000_001n, arrival),
        "GoodsInStore",
        12_000_001n,
        12_000_000n,
      );
    });

    it("counts what is pending from the field against what may still come: GoodsInStore", async () => {
      const { cooperative, order } = scene;
      await despatch(scene, order, 1n, 10_000_000n);
      const call = cooperative.deliveries.despatch(order, 2, 0, 2_000_001n, arrival);
      await expectRefusal(call, "GoodsInStore", 2_000_001n, 2_000_000n);
    });
  });
});
