import { expect } from "chai";
import { AbiCoder, encodeBytes32String, keccak256, ZeroAddress } from "ethers";
import { load } from "../support/chain.ts";
import { expectRefusal } from "../support/refusals.ts";
import {
  detailsOf,
  despatch,
  makeOrder,
  store,
  storedOrder,
  weighIn,
  type StoredOrder,
} from "../support/scenes.ts";
import { text } from "../support/terms.ts";

describe("Splitting a receipt", () => {
  let scene: StoredOrder;

  beforeEach(async () => {
    scene = await load(storedOrder);
  });

  it("makes a child of the same root, under an id that is known beforehand", async () => {
    const { cooperative, contracts, order, receipt } = scene;
    const child = BigInt(
      keccak256(
        AbiCoder.defaultAbiCoder().encode(
          ["bytes32", "uint256", "uint32"],
          [encodeBytes32String("sheaf.warehouse-receipt"), receipt, 7],
        ),
      ),
    );
    const call = cooperative.receipts.split(receipt, 3_000_000n, 7);
    await expect(call)
      .to.emit(contracts.receipts, "ReceiptSplit")
      .withArgs(receipt, child, cooperative.address, 7n, 3_000_000n);
    await expect(call)
      .to.emit(contracts.receipts, "Transfer")
      .withArgs(ZeroAddress, cooperative.address, child);
    expect(await contracts.receipts.childId(receipt, 7)).to.equal(child);
    expect(await contracts.receipts.rootOf(child)).to.equal(order);
    expect(await contracts.receipts.goodsById(child)).to.deep.equal(
      await contracts.receipts.goodsById(receipt),
    );
  });

  it("tells what is on either receipt afterwards: ReceiptRecord", async () => {
    const { cooperative, contracts, receipt } = scene;
    const child = await contracts.receipts.childId(receipt, 1);
    const call = cooperative.receipts.split(receipt, 3_000_000n, 1);
    await expect(call)
      .to.emit(contracts.receipts, "ReceiptRecord")
      .withArgs(receipt, 5_000_000n, 0n, 5_000_000n, 0n);
    await expect(call)
      .to.emit(contracts.receipts, "ReceiptRecord")
      .withArgs(child, 3_000_000n, 0n, 3_000_000n, 0n);
  });

  it("makes and loses no goods: receipts, stored and capacity add up as before", async () => {
    const { cooperative, warehouse, contracts, order, receipt } = scene;
    await cooperative.receipts.split(receipt, 3_000_001n, 1);
    const child = await contracts.receipts.childId(receipt, 1);
    const [left, right] = [
      await contracts.receipts.receiptById(receipt),
      await contracts.receipts.receiptById(child),
    ];
    expect([left.quantity, right.quantity]).to.deep.equal([4_999_999n, 3_000_001n]);
    expect(left.weighed + right.weighed).to.equal(8_000_000n);
    expect((await contracts.orders.orderById(order)).stored).to.equal(8_000_000n);
    expect((await contracts.receipts.capacityOf(warehouse.address)).used).to.equal(8_000_000n);
  });

  it("is refused for nothing: ZeroAmount, before InTransit", async () => {
    const { cooperative, order, receipt } = scene;
    await despatch(scene, order, 1n, 1_000n, receipt);
    await expectRefusal(cooperative.receipts.split(receipt, 0n, 1), "ZeroAmount");
  });

  it("is refused while a delivery is open: InTransit, before InsufficientQuantity", async () => {
    const { cooperative, order, receipt } = scene;
    await despatch(scene, order, 1n, 1_000n, receipt);
    const call = cooperative.receipts.split(receipt, 9_000_000n, 1);
    await expectRefusal(call, "InTransit", receipt);
  });

  it("is refused if nothing would stay: InsufficientQuantity, before AlreadyExists", async () => {
    const { cooperative, receipt } = scene;
    await cooperative.receipts.split(receipt, 1_000n, 1);
    await expectRefusal(
      cooperative.receipts.split(receipt, 7_999_000n, 1),
      "InsufficientQuantity",
      7_999_000n,
      7_998_999n,
    );
  });

  it("is refused for an emptied receipt: InsufficientQuantity", async () => {
    const { cooperative, receipt } = scene;
    await cooperative.receipts.withdraw(receipt, 8_000_000n);
    const call = cooperative.receipts.split(receipt, 1n, 1);
    await expectRefusal(call, "InsufficientQuantity", 1n, 0n);
  });

  it("is refused for a serial that was used: AlreadyExists", async () => {
    const { cooperative, contracts, receipt } = scene;
    await cooperative.receipts.split(receipt, 1_000n, 1);
    const child = await contracts.receipts.childId(receipt, 1);
    await expectRefusal(cooperative.receipts.split(receipt, 1_000n, 1), "AlreadyExists", child);
  });

  it("divides the loss allowance and what is used of it, so that neither grows", async () => {
    const { cooperative, warehouse, contracts, receipt } = scene;
    // The allowance of 80,000 is used up before the split.
    await warehouse.receipts.shrink(receipt, 80_000n);
    await cooperative.receipts.split(receipt, 3_960_000n, 1);
    const child = await contracts.receipts.childId(receipt, 1);
    for (const half of [receipt, child])
      await expect(warehouse.receipts.shrink(half, 1_000n))
        .to.emit(contracts.receipts, "Shrunk")
        .withArgs(half, warehouse.address, 1_000n, 1_000n, cooperative.address);
    const lost = async (id: bigint): Promise<bigint> =>
      (await contracts.receipts.receiptById(id)).lost;
    expect((await lost(receipt)) + (await lost(child))).to.equal(82_000n);
  });
});

describe("Merging receipts", () => {
  let scene: StoredOrder;
  let second: bigint;

  beforeEach(async () => {
    ({ second, ...scene } = await load(twoReceipts));
  });

  async function twoReceipts(): Promise<StoredOrder & { readonly second: bigint }> {
    const stored = await storedOrder();
    const ticket = { ticket: text("T-2"), quantity: 2_000_000n };
    return { ...stored, second: await store(stored, stored.order, ticket) };
  }

  it("moves all goods, and makes and loses none", async () => {
    const { cooperative, warehouse, contracts, order, receipt } = scene;
    await expect(cooperative.receipts.merge(second, receipt))
      .to.emit(contracts.receipts, "ReceiptMerged")
      .withArgs(second, receipt, cooperative.address, 2_000_000n);
    const [from, into] = [
      await contracts.receipts.receiptById(second),
      await contracts.receipts.receiptById(receipt),
    ];
    expect([from.quantity, into.quantity]).to.deep.equal([0n, 10_000_000n]);
    expect([from.weighed, into.weighed]).to.deep.equal([0n, 10_000_000n]);
    expect((await contracts.orders.orderById(order)).stored).to.equal(10_000_000n);
    expect((await contracts.receipts.capacityOf(warehouse.address)).used).to.equal(10_000_000n);
  });

  it("takes the losses along", async () => {
    const { cooperative, warehouse, contracts, receipt } = scene;
    await warehouse.receipts.shrink(second, 20_000n);
    await cooperative.receipts.merge(second, receipt);
    const into = await contracts.receipts.receiptById(receipt);
    expect([into.quantity, into.weighed, into.lost]).to.deep.equal([
      9_980_000n,
      10_000_000n,
      20_000n,
    ]);
  });

  it("is refused with itself: SameReceipt, before InTransit", async () => {
    const { cooperative, order, receipt } = scene;
    await despatch(scene, order, 1n, 1_000n, receipt);
    await expectRefusal(cooperative.receipts.merge(receipt, receipt), "SameReceipt", receipt);
  });

  it("is refused while a delivery from either is open: InTransit, before RootsDiffer", async () => {
    const { cooperative, order, receipt } = scene;
    await cooperative.receipts.unearmark(second);
    await despatch(scene, order, 1n, 1_000n, receipt);
    for (const [from, into] of [
      [receipt, second],
      [second, receipt],
    ] as const)
      await expectRefusal(cooperative.receipts.merge(from, into), "InTransit", receipt);
  });

  it("is refused across roots: RootsDiffer, before InsufficientQuantity", async () => {
    const { cooperative, receipt } = scene;
    const another = await makeOrder(scene, { line: 2n });
    await cooperative.receipts.unearmark(second);
    await expectRefusal(
      cooperative.receipts.merge(second, receipt),
      "RootsDiffer",
      second,
      receipt,
    );
    await cooperative.receipts.earmark(second, another, await detailsOf(scene, another));
    await cooperative.receipts.withdraw(second, 2_000_000n);
    await expectRefusal(
      cooperative.receipts.merge(second, receipt),
      "RootsDiffer",
      second,
      receipt,
    );
  });

  it("is refused with nothing to merge, as when sent twice: InsufficientQuantity", async () => {
    const { cooperative, receipt } = scene;
    await cooperative.receipts.merge(second, receipt);
    const call = cooperative.receipts.merge(second, receipt);
    await expectRefusal(call, "InsufficientQuantity", 1n, 0n);
  });

  it("is refused for another warehouse, item, lot or allowance: ReceiptsDiffer", async () => {
    const { cooperative, otherWarehouse, contracts } = scene;
    const mine = await weighIn(scene, { ticket: text("T-3") });
    const unlike = [
      await weighIn(scene, { ticket: text("T-4"), item: text("TEA") }),
      await weighIn(scene, { ticket: text("T-5"), lot: text("LOT-2") }),
      await weighIn(scene, { ticket: text("T-6"), lossAllowanceBps: 50n }),
      await weighIn({ ...scene, warehouse: otherWarehouse }, { ticket: text("T-7") }),
    ];
    for (const other of unlike)
      await expectRefusal(cooperative.receipts.merge(other, mine), "ReceiptsDiffer", other, mine);
    expect((await contracts.receipts.receiptById(mine)).quantity).to.equal(8_000_000n);
  });

  it("is refused with a receipt of another holder, either way: NotPermitted", async () => {
    const { cooperative, otherCooperative } = scene;
    const mine = await weighIn(scene, { ticket: text("T-3") });
    const theirs = await weighIn(scene, {
      ticket: text("T-4"),
      depositor: otherCooperative.address,
    });
    for (const [from, into] of [
      [mine, theirs],
      [theirs, mine],
    ] as const)
      await expectRefusal(
        cooperative.receipts.merge(from, into),
        "NotPermitted",
        cooperative.address,
      );
  });
});
