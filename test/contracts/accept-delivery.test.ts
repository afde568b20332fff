import { expect } from "chai";
import { AbiCoder, encodeBytes32String, keccak256, ZeroAddress } from "ethers";
import { civilDay, load } from "../support/chain.ts";
import { expectRefusal } from "../support/refusals.ts";
import {
  deliver,
  despatch,
  drawn,
  makeOrder,
  store,
  storedOrder,
  type StoredOrder,
} from "../support/scenes.ts";
import { openingCash } from "../support/sheaf.ts";
import { ownAccount, text } from "../support/terms.ts";

describe("Accepting a delivery", () => {
  let scene: StoredOrder;

  beforeEach(async () => {
    scene = await load(storedOrder);
  });

  it("makes a receivable of the same number for what was accepted, the order its root", async () => {
    const { buyer, cooperative, contracts, order } = scene;
    await despatch(scene, order, 1n, 10_000_000n);
    const receivable = BigInt(
      keccak256(
        AbiCoder.defaultAbiCoder().encode(
          ["bytes32", "uint256", "uint16"],
          [encodeBytes32String("sheaf.receivable"), order, 1],
        ),
      ),
    );
    const call = buyer.deliveries.accept(order, 1, 0, 10_000_000n);
    await expect(call)
      .to.emit(contracts.deliveries, "DeliveryAccepted")
      .withArgs(order, 1n, buyer.address, 10_000_000n, 0n, 65_000_00n, false);
    await expect(call)
      .to.emit(contracts.receivables, "ReceivableConfirmed")
      .withArgs(
        receivable,
        order,
        cooperative.address,
        1n,
        buyer.address,
        65_000_00n,
        civilDay(0),
        civilDay(30),
        false,
      );
    await expect(call)
      .to.emit(contracts.receivables, "Transfer")
      .withArgs(ZeroAddress, cooperative.address, receivable);
    expect(await contracts.receivables.receivableId(order, 1)).to.equal(receivable);
    expect(await contracts.receivables.ownerOf(receivable)).to.equal(cooperative.address);
    expect(await contracts.receivables.rootOf(order, 1)).to.equal(order);
    const record = await contracts.orders.orderById(order);
    expect([record.accepted, record.pending, record.owed]).to.deep.equal([
      10_000_000n,
      0n,
      65_000_00n,
    ]);
  });

  it("lets the goods go: the receipt and the capacity no longer wait for them", async () => {
    const { warehouse, contracts, order, receipt } = scene;
    await deliver(scene, order, 1n, 5_000_000n, receipt);
    const goods = await contracts.receipts.receiptById(receipt);
    expect([goods.quantity, goods.openDeliveries]).to.deep.equal([3_000_000n, 0n]);
    expect((await contracts.receipts.capacityOf(warehouse.address)).used).to.equal(3_000_000n);
  });

  it("in part leaves the rest to be weighed in again, not in the receipt", async () => {
    const { buyer, contracts, order, receipt } = scene;
    await despatch(scene, order, 1n, 5_000_000n, receipt);
    await buyer.deliveries.accept(order, 1, receipt, 4_000_000n);
    expect((await contracts.deliveries.deliveryById(order, 1)).quantity).to.equal(1_000_000n);
    expect((await contracts.receipts.receiptById(receipt)).quantity).to.equal(3_000_000n);
    expect((await contracts.orders.orderById(order)).accepted).to.equal(4_000_000n);
  });

  it("of nothing makes no receivable", async () => {
    const { buyer, contracts, order } = scene;
    await despatch(scene, order, 1n, 5_000_000n);
    await buyer.deliveries.accept(order, 1, 0, 0n);
    const id = await contracts.receivables.receivableId(order, 1);
    await expectRefusal(contracts.receivables.ownerOf(id), "ERC721NonexistentToken", id);
    expect((await contracts.orders.orderById(order)).accepted).to.equal(0n);
  });

  it("fulfils the order with the last thousandth", async () => {
    const { contracts, order, receipt } = scene;
    await deliver(scene, order, 1n, 11_999_999n);
    await deliver(scene, order, 2n, 8_000_000n, receipt);
    expect((await contracts.orders.orderById(order)).status).to.equal(2n);
    await deliver(scene, order, 3n, 1n);
    expect((await contracts.orders.orderById(order)).status).to.equal(3n);
  });

  it("in parts adds up to the order's value exactly, each part rounded on the running sum", async () => {
    const { contracts } = scene;
    const order = await makeOrder(scene, { line: 2n, quantity: 3_000n, unitPrice: 33_333n });
    const amounts: bigint[] = [];
    for (const number of [1n, 2n, 3n]) {
      await deliver(scene, order, number, 1_000n);
      amounts.push((await contracts.receivables.receivableOf(order, number)).outstanding);
    }
    expect(amounts).to.deep.equal([333n, 334n, 333n]);
  });

  it("worth less than half a minor unit makes no receivable, and is caught up by the next", async () => {
    const { contracts } = scene;
    const order = await makeOrder(scene, { line: 2n, quantity: 10n, unitPrice: 10_000n });
    await deliver(scene, order, 1n, 4n);
    await deliver(scene, order, 2n, 6n);
    const none = await contracts.receivables.receivableId(order, 1);
    await expectRefusal(contracts.receivables.collect.staticCall(order, 1), "NoReceivable", none);
    expect((await contracts.receivables.receivableOf(order, 2)).outstanding).to.equal(1n);
  });

  it("is refused where there is no such delivery: NoOpenDelivery", async () => {
    const { buyer, order } = scene;
    const call = buyer.deliveries.accept(order, 1, 0, 1n);
    await expectRefusal(call, "NoOpenDelivery", order, 1n);
  });

  it("is refused a second time: NoOpenDelivery, before OverDelivery", async () => {
    const { buyer, order } = scene;
    await deliver(scene, order, 1n, 5_000_000n);
    const call = buyer.deliveries.accept(order, 1, 0, 6_000_000n);
    await expectRefusal(call, "NoOpenDelivery", order, 1n);
  });

  it("is refused after a recall: NoOpenDelivery", async () => {
    const { buyer, cooperative, order } = scene;
    await despatch(scene, order, 1n, 5_000_000n);
    await cooperative.deliveries.recall(order, 1, 0);
    const call = buyer.deliveries.accept(order, 1, 0, 5_000_000n);
    await expectRefusal(call, "NoOpenDelivery", order, 1n);
  });

  it("is refused for more than was despatched: OverDelivery", async () => {
    const { buyer, order } = scene;
    await despatch(scene, order, 1n, 5_000_000n);
    const call = buyer.deliveries.accept(order, 1, 0, 5_000_001n);
    await expectRefusal(call, "OverDelivery", 5_000_001n, 5_000_000n);
  });

  it("names the receipt that the goods left, or none: WrongReceipt, before OverDelivery", async () => {
    const { buyer, order, receipt } = scene;
    const another = await store(scene, order, { ticket: text("T-2") });
    await despatch(scene, order, 1n, 5_000_000n, receipt);
    await despatch(scene, order, 2n, 1_000n);
    for (const [number, wrong] of [
      [1n, 0n],
      [1n, another],
      [2n, receipt],
    ] as const) {
      const call = buyer.deliveries.accept(order, number, wrong, 6_000_000n);
      await expectRefusal(call, "WrongReceipt", order, number, wrong);
    }
  });

  it("is refused to another buyer: NotPermitted, before NoOpenDelivery", async () => {
    const { otherBuyer, order } = scene;
    const call = otherBuyer.deliveries.accept(order, 1, 0, 1n);
    await expectRefusal(call, "NotPermitted", otherBuyer.address);
  });

  describe("with a payment term of 0", () => {
    async function despatchAtSight(): Promise<bigint> {
      const order = await makeOrder(scene, { line: 2n, paymentDays: 0n });
      await despatch(scene, order, 1n, 10_000_000n);
      return order;
    }

    it("collects in the same transaction, as the buyer's act", async () => {
      const { buyer, cooperative, contracts } = scene;
      const order = await despatchAtSight();
      const id = await contracts.receivables.receivableId(order, 1);
      await expect(buyer.deliveries.accept(order, 1, 0, 10_000_000n))
        .to.emit(contracts.receivables, "ReceivablePaid")
        .withArgs(id, order, buyer.address, 65_000_00n, 0n, 65_000_00n, true);
      expect((await contracts.receivables.receivableOf(order, 1)).outstanding).to.equal(0n);
      expect(await contracts.deposits.balanceOf(cooperative.address)).to.equal(
        openingCash + 65_000_00n,
      );
    });

    it("repays the loan in the same transaction", async () => {
      const { buyer, cooperative, contracts, facility } = scene;
      const order = await despatchAtSight();
      await cooperative.facilities.drawDown(facility, order, drawn, 0n, ownAccount);
      await buyer.deliveries.accept(order, 1, 0, 10_000_000n);
      // 10,000.000 kg are left to deliver: 60 % of 65,000.00 carries 39,000.00.
      expect((await contracts.liens.loanOf(order)).principal).to.equal(39_000_00n);
    });

    it("takes what the buyer has, and the rest is overdue", async () => {
      const { buyer, contracts, addresses } = scene;
      const order = await despatchAtSight();
      await buyer.deposits.approve(addresses.receivables, 15_000_00n);
      await buyer.deliveries.accept(order, 1, 0, 10_000_000n);
      const { outstanding, overdue } = await contracts.receivables.receivableOf(order, 1);
      expect([outstanding, overdue]).to.deep.equal([50_000_00n, true]);
      expect((await contracts.orders.orderById(order)).owed).to.equal(0n);
    });

    it("stands without any mandate, and the whole is overdue", async () => {
      const { buyer, contracts, addresses } = scene;
      const order = await despatchAtSight();
      await buyer.deposits.approve(addresses.receivables, 0n);
      await buyer.deliveries.accept(order, 1, 0, 10_000_000n);
      const { outstanding, overdue } = await contracts.receivables.receivableOf(order, 1);
      expect([outstanding, overdue]).to.deep.equal([65_000_00n, true]);
    });
  });
});
