import { expect } from "chai";
import { load } from "../support/chain.ts";
import { expectRefusal } from "../support/refusals.ts";
import { despatch, storedOrder, type StoredOrder } from "../support/scenes.ts";

describe("Recalling a delivery", () => {
  let scene: StoredOrder;

  beforeEach(async () => {
    scene = await load(storedOrder);
  });

  it("from the field is the seller's, and ends the delivery", async () => {
    const { cooperative, contracts, order } = scene;
    await despatch(scene, order, 1n, 5_000_000n);
    await expect(cooperative.deliveries.recall(order, 1, 0))
      .to.emit(contracts.deliveries, "Recalled")
      .withArgs(order, 1n, cooperative.address);
    const record = await contracts.orders.orderById(order);
    expect([record.pending, record.stored]).to.deep.equal([0n, 8_000_000n]);
    expect((await contracts.deliveries.deliveryById(order, 1)).status).to.equal(2n);
  });

  it("from a receipt is its warehouse's, and the goods are back in the receipt", async () => {
    const { warehouse, contracts, order, receipt } = scene;
    await despatch(scene, order, 1n, 5_000_000n, receipt);
    await warehouse.deliveries.recall(order, 1, receipt);
    const goods = await contracts.receipts.receiptById(receipt);
    expect([goods.quantity, goods.openDeliveries]).to.deep.equal([8_000_000n, 0n]);
    const record = await contracts.orders.orderById(order);
    expect([record.pending, record.stored]).to.deep.equal([0n, 8_000_000n]);
    expect((await contracts.receipts.capacityOf(warehouse.address)).used).to.equal(8_000_000n);
  });

  it("leaves the other deliveries from the receipt open", async () => {
    const { cooperative, warehouse, contracts, order, receipt } = scene;
    await despatch(scene, order, 1n, 5_000_000n, receipt);
    await despatch(scene, order, 2n, 1_000_000n, receipt);
    await warehouse.deliveries.recall(order, 1, receipt);
    expect((await contracts.orders.orderById(order)).pending).to.equal(1_000_000n);
    await expectRefusal(cooperative.receipts.withdraw(receipt, 1n), "InTransit", receipt);
  });

  it("does not free the number: StaleState", async () => {
    const { cooperative, order } = scene;
    await despatch(scene, order, 1n, 1_000n);
    await cooperative.deliveries.recall(order, 1, 0);
    await expectRefusal(despatch(scene, order, 1n, 1_000n), "StaleState", 1n, 2n);
  });

  it("from the field is refused to the warehouse and the buyer: NotPermitted", async () => {
    const { warehouse, buyer, otherCooperative, order } = scene;
    await despatch(scene, order, 1n, 1_000n);
    for (const other of [warehouse, buyer, otherCooperative])
      await expectRefusal(other.deliveries.recall(order, 1, 0), "NotPermitted", other.address);
  });

  it("from a receipt is refused to the seller and another warehouse: NotPermitted", async () => {
    const { cooperative, otherWarehouse, order, receipt } = scene;
    await despatch(scene, order, 1n, 1_000n, receipt);
    for (const other of [cooperative, otherWarehouse])
      await expectRefusal(
        other.deliveries.recall(order, 1, receipt),
        "NotPermitted",
        other.address,
      );
  });

  it("names the receipt that the goods left, or none: WrongReceipt, before NotPermitted", async () => {
    const { stranger, order, receipt } = scene;
    await despatch(scene, order, 1n, 1_000n, receipt);
    await despatch(scene, order, 2n, 1_000n);
    for (const [number, wrong] of [
      [1n, 0n],
      [2n, receipt],
    ] as const) {
      const call = stranger.deliveries.recall(order, number, wrong);
      await expectRefusal(call, "WrongReceipt", order, number, wrong);
    }
  });

  it("is refused where there is no such delivery: NoOpenDelivery, before NotPermitted", async () => {
    const { stranger, order } = scene;
    await expectRefusal(stranger.deliveries.recall(order, 1, 0), "NoOpenDelivery", order, 1n);
  });

  it("is refused a second time: NoOpenDelivery", async () => {
    const { cooperative, order } = scene;
    await despatch(scene, order, 1n, 1_000n);
    await cooperative.deliveries.recall(order, 1, 0);
    await expectRefusal(cooperative.deliveries.recall(order, 1, 0), "NoOpenDelivery", order, 1n);
  });

  it("is refused once the buyer has answered, even with no: NoOpenDelivery", async () => {
    const { buyer, warehouse, order, receipt } = scene;
    await despatch(scene, order, 1n, 1_000n, receipt);
    await buyer.deliveries.accept(order, 1, receipt, 0n);
    await expectRefusal(
      warehouse.deliveries.recall(order, 1, receipt),
      "NoOpenDelivery",
      order,
      1n,
    );
  });
});
