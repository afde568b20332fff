import { expect } from "chai";
import { AbiCoder, dataSlice, encodeBytes32String, keccak256, ZeroAddress } from "ethers";
import { load } from "../support/chain.ts";
import { expectRefusal } from "../support/refusals.ts";
import {
  detailsOf,
  makeOrder,
  acceptedOrder,
  despatch,
  drawn,
  weighIn,
  type AcceptedOrder,
} from "../support/scenes.ts";
import { warehouseCapacity } from "../support/sheaf.ts";
import { noOrder, ownAccount, kilogram, receiptTerms, text } from "../support/terms.ts";

describe("Issuing a receipt", () => {
  let scene: AcceptedOrder;

  beforeEach(async () => {
    scene = await load(acceptedOrder);
  });

  it("makes the depositor's claim under an id that is known beforehand", async () => {
    const { cooperative, warehouse, contracts } = scene;
    const terms = receiptTerms(scene);
    const id = BigInt(
      keccak256(
        AbiCoder.defaultAbiCoder().encode(
          ["bytes32", "address", "bytes32"],
          [encodeBytes32String("sheaf.warehouse-receipt"), warehouse.address, terms.ticket],
        ),
      ),
    );
    const call = warehouse.receipts.issue(terms, noOrder);
    await expect(call)
      .to.emit(contracts.receipts, "ReceiptIssued")
      .withArgs(id, warehouse.address, cooperative.address, Object.values(terms));
    await expect(call)
      .to.emit(contracts.receipts, "Transfer")
      .withArgs(ZeroAddress, cooperative.address, id);
    expect(await contracts.receipts.receiptId(warehouse.address, terms.ticket)).to.equal(id);
    expect(await contracts.receipts.ownerOf(id)).to.equal(cooperative.address);
    expect(await contracts.receipts.rootOf(id)).to.equal(0n);
    const receipt = await contracts.receipts.receiptById(id);
    expect([receipt.quantity, receipt.weighed, receipt.lost]).to.deep.equal([
      8_000_000n,
      8_000_000n,
      0n,
    ]);
    const [goods, lot] = await contracts.receipts.goodsById(id);
    expect([goods, lot]).to.deep.equal([
      await contracts.orders.goodsOf(text("RICE"), kilogram),
      dataSlice(keccak256(terms.lot), 0, 16),
    ]);
  });

  it("uses the warehouse's capacity up to the last thousandth", async () => {
    const { warehouse, contracts } = scene;
    const receipt = await contracts.receipts.receiptId(warehouse.address, text("T-1"));
    await expect(
      warehouse.receipts.issue(receiptTerms(scene, { quantity: warehouseCapacity }), noOrder),
    )
      .to.emit(contracts.receipts, "CapacityUsed")
      .withArgs(receipt, warehouseCapacity);
    await expectRefusal(
      warehouse.receipts.issue(receiptTerms(scene, { ticket: text("T-2"), quantity: 1n }), noOrder),
      "CapacityExceeded",
      1n,
      0n,
    );
  });

  it("has a capacity set for parties alone: UnknownWarehouse", async () => {
    const { admin, stranger } = scene;
    const call = admin.receipts.setCapacity(stranger.address, 1n);
    await expectRefusal(call, "UnknownWarehouse", stranger.address);
  });

  it("is refused to a suspended warehouse: PartySuspended", async () => {
    const { admin, warehouse } = scene;
    await admin.parties.setSuspended(warehouse.address, true);
    const call = warehouse.receipts.issue(receiptTerms(scene), noOrder);
    await expectRefusal(call, "PartySuspended", warehouse.address);
  });

  it("is refused for a depositor that is no party: UnknownDepositor", async () => {
    const { warehouse, stranger } = scene;
    const call = warehouse.receipts.issue(
      receiptTerms(scene, { depositor: stranger.address }),
      noOrder,
    );
    await expectRefusal(call, "UnknownDepositor", stranger.address);
  });

  it("is refused with a loss allowance beyond everything: InvalidAllowance", async () => {
    const call = scene.warehouse.receipts.issue(
      receiptTerms(scene, { lossAllowanceBps: 10_001n }),
      noOrder,
    );
    await expectRefusal(call, "InvalidAllowance", 10_001n);
  });

  it("is refused for nothing: ZeroAmount, before AlreadyExists", async () => {
    await weighIn(scene);
    await expectRefusal(
      scene.warehouse.receipts.issue(receiptTerms(scene, { quantity: 0n }), noOrder),
      "ZeroAmount",
    );
  });

  it("is refused for a ticket that has its receipt: AlreadyExists, before CapacityExceeded", async () => {
    const id = await weighIn(scene);
    const call = scene.warehouse.receipts.issue(
      receiptTerms(scene, { quantity: warehouseCapacity }),
      noOrder,
    );
    await expectRefusal(call, "AlreadyExists", id);
  });

  it("is refused for the ticket of a receipt that was emptied: AlreadyExists", async () => {
    const { cooperative, warehouse } = scene;
    const id = await weighIn(scene);
    await cooperative.receipts.withdraw(id, 8_000_000n);
    await expectRefusal(
      warehouse.receipts.issue(receiptTerms(scene), noOrder),
      "AlreadyExists",
      id,
    );
  });

  it("takes the same ticket number from another warehouse", async () => {
    await weighIn(scene);
    await expect(scene.otherWarehouse.receipts.issue(receiptTerms(scene), noOrder)).to.emit(
      scene.contracts.receipts,
      "ReceiptIssued",
    );
  });

  it("is refused beyond what is free: CapacityExceeded", async () => {
    await weighIn(scene);
    const call = scene.warehouse.receipts.issue(
      receiptTerms(scene, { ticket: text("T-2"), quantity: 42_000_001n }),
      noOrder,
    );
    await expectRefusal(call, "CapacityExceeded", 42_000_001n, 42_000_000n);
  });

  it("is refused by a capacity that was lowered below what is used: CapacityExceeded", async () => {
    const { admin, warehouse } = scene;
    await weighIn(scene);
    await admin.receipts.setCapacity(warehouse.address, 1_000_000n);
    const call = warehouse.receipts.issue(
      receiptTerms(scene, { ticket: text("T-2"), quantity: 1n }),
      noOrder,
    );
    await expectRefusal(call, "CapacityExceeded", 1n, 0n);
  });

  describe("for goods that came back", () => {
    const back = { ticket: text("T-BACK"), delivery: 1n };

    beforeEach(async () => {
      const { buyer, order } = scene;
      await despatch(scene, order, 1n, 5_000_000n);
      await buyer.deliveries.accept(order, 1n, 0, 3_000_000n);
    });

    it("is born earmarked for the order, even when the order is under a lien", async () => {
      const { cooperative, contracts, facility, order } = scene;
      await cooperative.facilities.drawDown(facility, order, drawn, 0n, ownAccount);
      const id = await weighIn(scene, { ...back, order, quantity: 2_000_000n });
      expect(await contracts.receipts.rootOf(id)).to.equal(order);
      expect((await contracts.orders.orderById(order)).stored).to.equal(2_000_000n);
      await expectRefusal(cooperative.receipts.withdraw(id, 1n), "Encumbered", order);
    });

    it("comes in parts, up to what was not accepted: InsufficientQuantity", async () => {
      const { warehouse, contracts, order } = scene;
      await weighIn(scene, { ...back, order, quantity: 1_500_000n });
      expect((await contracts.deliveries.deliveryById(order, 1n)).quantity).to.equal(500_000n);
      const more = { ticket: text("T-BACK-2"), order, delivery: 1n };
      await expectRefusal(
        warehouse.receipts.issue(
          receiptTerms(scene, { ...more, quantity: 500_001n }),
          await detailsOf(scene, order),
        ),
        "InsufficientQuantity",
        500_001n,
        500_000n,
      );
      await weighIn(scene, { ...more, quantity: 500_000n });
      expect((await contracts.deliveries.deliveryById(order, 1n)).quantity).to.equal(0n);
    });

    it("is refused beyond it before CapacityExceeded: InsufficientQuantity", async () => {
      const { admin, warehouse, order } = scene;
      await admin.receipts.setCapacity(warehouse.address, 0n);
      const call = warehouse.receipts.issue(
        receiptTerms(scene, { ...back, order, quantity: 2_000_001n }),
        await detailsOf(scene, order),
      );
      await expectRefusal(call, "InsufficientQuantity", 2_000_001n, 2_000_000n);
    });

    it("is refused for a delivery that the buyer has not answered: InsufficientQuantity", async () => {
      const { warehouse, order } = scene;
      await despatch(scene, order, 2n, 5_000_000n);
      const call = warehouse.receipts.issue(
        receiptTerms(scene, { ...back, order, delivery: 2n, quantity: 1n }),
        await detailsOf(scene, order),
      );
      await expectRefusal(call, "InsufficientQuantity", 1n, 0n);
    });

    it("is refused for other goods, or another depositor than the seller: WrongOrder", async () => {
      const { warehouse, otherCooperative, order } = scene;
      for (const changes of [
        { item: text("TEA") },
        { unit: "0x544e45" },
        { depositor: otherCooperative.address },
      ])
        await expectRefusal(
          warehouse.receipts.issue(
            receiptTerms(scene, { ...back, order, quantity: 1n, ...changes }),
            await detailsOf(scene, order),
          ),
          "WrongOrder",
          order,
        );
    });

    it("is refused with details that are not the order's: WrongOrder", async () => {
      const { warehouse, order } = scene;
      const another = await makeOrder(scene, { line: 2n });
      const terms = receiptTerms(scene, { ...back, order, quantity: 1n });
      for (const details of [noOrder, await detailsOf(scene, another)])
        await expectRefusal(warehouse.receipts.issue(terms, details), "WrongOrder", order);
    });
  });
});
