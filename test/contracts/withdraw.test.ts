import { expect } from "chai";
import { load } from "../support/chain.ts";
import { expectRefusal } from "../support/refusals.ts";
import { despatch, drawn, storedOrder, weighIn, type StoredOrder } from "../support/scenes.ts";
import { ownAccount, text } from "../support/terms.ts";

describe("Withdrawing goods", () => {
  let scene: StoredOrder;

  beforeEach(async () => {
    scene = await load(storedOrder);
  });

  it("takes them from the receipt, the order's store and the warehouse's capacity", async () => {
    const { cooperative, warehouse, contracts, order, receipt } = scene;
    await expect(cooperative.receipts.withdraw(receipt, 3_000_000n))
      .to.emit(contracts.receipts, "Withdrawn")
      .withArgs(receipt, cooperative.address, 3_000_000n);
    expect((await contracts.receipts.receiptById(receipt)).quantity).to.equal(5_000_000n);
    expect((await contracts.orders.orderById(order)).stored).to.equal(5_000_000n);
    expect((await contracts.receipts.capacityOf(warehouse.address)).used).to.equal(5_000_000n);
  });

  it("is no loss: the allowance is untouched", async () => {
    const { cooperative, contracts, receipt } = scene;
    await cooperative.receipts.withdraw(receipt, 3_000_000n);
    const record = await contracts.receipts.receiptById(receipt);
    expect([record.weighed, record.lost]).to.deep.equal([8_000_000n, 0n]);
  });

  it("leaves an emptied receipt with its holder", async () => {
    const { cooperative, contracts, receipt } = scene;
    await cooperative.receipts.withdraw(receipt, 8_000_000n);
    expect(await contracts.receipts.ownerOf(receipt)).to.equal(cooperative.address);
    expect((await contracts.receipts.receiptById(receipt)).quantity).to.equal(0n);
  });

  it("is refused for nothing: ZeroAmount, before InTransit", async () => {
    const { cooperative, order, receipt } = scene;
    await despatch(scene, order, 1n, 1_000n, receipt);
    await expectRefusal(cooperative.receipts.withdraw(receipt, 0n), "ZeroAmount");
  });

  it("is refused while a delivery from it is open: InTransit, before Encumbered", async () => {
    const { cooperative, facility, order, receipt } = scene;
    await cooperative.facilities.drawDown(facility, order, drawn, 0n, ownAccount);
    await despatch(scene, order, 1n, 1_000n, receipt);
    await expectRefusal(cooperative.receipts.withdraw(receipt, 1n), "InTransit", receipt);
  });

  it("is refused under a lien: Encumbered, before InsufficientQuantity", async () => {
    const { cooperative, facility, order, receipt } = scene;
    await cooperative.facilities.drawDown(facility, order, drawn, 0n, ownAccount);
    await expectRefusal(cooperative.receipts.withdraw(receipt, 9_000_000n), "Encumbered", order);
  });

  it("is open again once the lien is lifted", async () => {
    const { cooperative, facility, order, receipt } = scene;
    await cooperative.facilities.drawDown(facility, order, drawn, 0n, ownAccount);
    await cooperative.facilities.repay(order, drawn, 1n);
    await cooperative.receipts.withdraw(receipt, 8_000_000n);
  });

  it("does not mind a lien on an order that the receipt is not earmarked for", async () => {
    const { cooperative, contracts, facility, order } = scene;
    const free = await weighIn(scene, { ticket: text("T-2") });
    await cooperative.facilities.drawDown(facility, order, drawn, 0n, ownAccount);
    await cooperative.receipts.withdraw(free, 8_000_000n);
    expect((await contracts.orders.orderById(order)).stored).to.equal(8_000_000n);
  });

  it("is refused beyond what is there: InsufficientQuantity", async () => {
    const { cooperative, receipt } = scene;
    await expectRefusal(
      cooperative.receipts.withdraw(receipt, 8_000_001n),
      "InsufficientQuantity",
      8_000_001n,
      8_000_000n,
    );
  });
});

describe("Recording a loss", () => {
  let scene: StoredOrder;

  beforeEach(async () => {
    scene = await load(storedOrder);
  });

  it("takes the goods from the receipt, the order's store and the capacity", async () => {
    const { cooperative, warehouse, contracts, order, receipt } = scene;
    await expect(warehouse.receipts.shrink(receipt, 80_000n))
      .to.emit(contracts.receipts, "Shrunk")
      .withArgs(receipt, warehouse.address, 80_000n, 0n, cooperative.address);
    const record = await contracts.receipts.receiptById(receipt);
    expect([record.quantity, record.lost]).to.deep.equal([7_920_000n, 80_000n]);
    expect((await contracts.orders.orderById(order)).stored).to.equal(7_920_000n);
    expect((await contracts.receipts.capacityOf(warehouse.address)).used).to.equal(7_920_000n);
  });

  it("records as liability only what goes beyond the allowance, once", async () => {
    const { cooperative, warehouse, contracts, receipt } = scene;
    for (const [quantity, liability] of [
      [50_000n, 0n],
      [50_000n, 20_000n],
      [5_000n, 5_000n],
    ] as const)
      await expect(warehouse.receipts.shrink(receipt, quantity))
        .to.emit(contracts.receipts, "Shrunk")
        .withArgs(receipt, warehouse.address, quantity, liability, cooperative.address);
  });

  it("goes on under a lien, and then the warehouse is liable to the lender", async () => {
    const { cooperative, lender, warehouse, contracts, facility, order, receipt } = scene;
    await cooperative.facilities.drawDown(facility, order, drawn, 0n, ownAccount);
    await expect(warehouse.receipts.shrink(receipt, 8_000_000n))
      .to.emit(contracts.receipts, "Shrunk")
      .withArgs(receipt, warehouse.address, 8_000_000n, 7_920_000n, lender.address);
  });

  it("goes on while a delivery from it is open", async () => {
    const { warehouse, contracts, order, receipt } = scene;
    await despatch(scene, order, 1n, 1_000_000n, receipt);
    await warehouse.receipts.shrink(receipt, 7_000_000n);
    expect((await contracts.receipts.receiptById(receipt)).quantity).to.equal(0n);
    expect((await contracts.receipts.capacityOf(warehouse.address)).used).to.equal(1_000_000n);
  });

  it("is refused to another warehouse: NotPermitted", async () => {
    const { otherWarehouse, receipt } = scene;
    const call = otherWarehouse.receipts.shrink(receipt, 1n);
    await expectRefusal(call, "NotPermitted", otherWarehouse.address);
  });

  it("is refused for nothing: ZeroAmount", async () => {
    await expectRefusal(scene.warehouse.receipts.shrink(scene.receipt, 0n), "ZeroAmount");
  });

  it("is refused beyond what is there: InsufficientQuantity", async () => {
    await expectRefusal(
      scene.warehouse.receipts.shrink(scene.receipt, 8_000_001n),
      "InsufficientQuantity",
      8_000_001n,
      8_000_000n,
    );
  });
});
