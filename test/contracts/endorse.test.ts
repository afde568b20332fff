import { expect } from "chai";
import { load, onDay } from "../support/chain.ts";
import { expectRefusal } from "../support/refusals.ts";
import {
  acceptedOrder,
  despatch,
  detailsOf,
  makeOrder,
  store,
  weighIn,
  type StoredOrder,
} from "../support/scenes.ts";
import { ownAccount, text } from "../support/terms.ts";

/** 8,000.000 kg in store, earmarked for nothing. */
async function freeReceipt(): Promise<StoredOrder> {
  const scene = await acceptedOrder();
  return { ...scene, receipt: await weighIn(scene) };
}

describe("Endorsing a receipt", () => {
  let scene: StoredOrder;

  beforeEach(async () => {
    scene = await load(freeReceipt);
  });

  it("passes the goods on to another party, and changes nothing else about them", async () => {
    const { cooperative, otherCooperative, contracts, receipt } = scene;
    const before = await contracts.receipts.receiptById(receipt);
    const call = cooperative.receipts.endorse(receipt, otherCooperative.address);
    await expect(call)
      .to.emit(contracts.receipts, "Endorsed")
      .withArgs(receipt, cooperative.address, otherCooperative.address);
    await expect(call)
      .to.emit(contracts.receipts, "Transfer")
      .withArgs(cooperative.address, otherCooperative.address, receipt);
    const after = await contracts.receipts.receiptById(receipt);
    expect([...after]).to.deep.equal([otherCooperative.address, ...[...before].slice(1)]);
    expect(await contracts.receipts.ownerOf(receipt)).to.equal(otherCooperative.address);
    expect(await contracts.receipts.balanceOf(cooperative.address)).to.equal(0n);
    expect(await contracts.receipts.balanceOf(otherCooperative.address)).to.equal(1n);
  });

  it("gives the goods to the order of the new holder, which delivers them and is owed", async () => {
    const { buyer, cooperative, otherCooperative, contracts, receipt } = scene;
    const terms = { number: text("PO-OTHER"), seller: otherCooperative.address };
    await cooperative.receipts.endorse(receipt, otherCooperative.address);
    const order = await makeOrder({ ...scene, cooperative: otherCooperative }, terms);
    await otherCooperative.receipts.earmark(receipt, order, await detailsOf(scene, order));
    expect((await contracts.orders.orderById(order)).stored).to.equal(8_000_000n);
    await despatch({ ...scene, cooperative: otherCooperative }, order, 1n, 8_000_000n, receipt);
    await buyer.deliveries.accept(order, 1, receipt, 8_000_000n);
    const { holder, outstanding } = await contracts.receivables.receivableOf(order, 1);
    // 8,000.000 kg at 6.5000.
    expect([holder, outstanding]).to.deep.equal([otherCooperative.address, 52_000_00n]);
  });

  it("lets the new holder withdraw, split, and endorse it back", async () => {
    const { cooperative, otherCooperative, contracts, receipt } = scene;
    await cooperative.receipts.endorse(receipt, otherCooperative.address);
    await otherCooperative.receipts.withdraw(receipt, 1_000_000n);
    await otherCooperative.receipts.split(receipt, 3_000_000n, 1n);
    const child = await contracts.receipts.childId(receipt, 1n);
    expect(await contracts.receipts.ownerOf(child)).to.equal(otherCooperative.address);
    await otherCooperative.receipts.endorse(receipt, cooperative.address);
    expect(await contracts.receipts.balanceOf(cooperative.address)).to.equal(1n);
    expect(await contracts.receipts.balanceOf(otherCooperative.address)).to.equal(1n);
  });

  it("may be to a party of any role: a buyer, a lender, the warehouse itself", async () => {
    const { cooperative, buyer, lender, warehouse, contracts, receipt } = scene;
    await cooperative.receipts.endorse(receipt, buyer.address);
    await buyer.receipts.endorse(receipt, lender.address);
    await lender.receipts.endorse(receipt, warehouse.address);
    expect(await contracts.receipts.ownerOf(receipt)).to.equal(warehouse.address);
  });

  it("keeps the goods within the warehouse's capacity, and its duty to the new holder", async () => {
    const { cooperative, otherCooperative, warehouse, contracts, receipt } = scene;
    await cooperative.receipts.endorse(receipt, otherCooperative.address);
    expect((await contracts.receipts.capacityOf(warehouse.address)).used).to.equal(8_000_000n);
    // The allowance is 1 % of 8,000.000 kg.
    await expect(warehouse.receipts.shrink(receipt, 100_000n))
      .to.emit(contracts.receipts, "Shrunk")
      .withArgs(receipt, warehouse.address, 100_000n, 20_000n, otherCooperative.address);
  });

  it("is open to goods that the order no longer needs, once the earmark is off", async () => {
    const { cooperative, otherCooperative, contracts, facility, order } = scene;
    const receipt = await store(scene, order, { ticket: text("T-2") });
    // 60 % of 130,000.00 carry it without the goods in store.
    await cooperative.facilities.drawDown(facility, order, 50_000_00n, 0n, ownAccount);
    await cooperative.receipts.unearmark(receipt);
    await cooperative.receipts.endorse(receipt, otherCooperative.address);
    expect(await contracts.receipts.ownerOf(receipt)).to.equal(otherCooperative.address);
  });

  it("is refused to all but the holder, the former one too: NotPermitted", async () => {
    const { cooperative, warehouse, lender, stranger, otherCooperative, receipt } = scene;
    for (const { receipts, address } of [warehouse, lender, stranger, otherCooperative])
      await expectRefusal(receipts.endorse(receipt, address), "NotPermitted", address);
    await cooperative.receipts.endorse(receipt, otherCooperative.address);
    const again = cooperative.receipts.endorse(receipt, lender.address);
    await expectRefusal(again, "NotPermitted", cooperative.address);
  });

  it("is refused for what does not exist: NotPermitted", async () => {
    const { cooperative, lender } = scene;
    const call = cooperative.receipts.endorse(7n, lender.address);
    await expectRefusal(call, "NotPermitted", cooperative.address);
  });

  it("is refused while it is earmarked, loan or not, before InTransit: AlreadyEarmarked", async () => {
    const { cooperative, lender, order, receipt } = scene;
    await cooperative.receipts.earmark(receipt, order, await detailsOf(scene, order));
    const refused = (): Promise<void> =>
      expectRefusal(
        cooperative.receipts.endorse(receipt, lender.address),
        "AlreadyEarmarked",
        receipt,
      );
    await refused();
    await despatch(scene, order, 1n, 1_000_000n, receipt);
    await refused();
  });

  it("is refused for an empty receipt, before UnknownEndorsee: InsufficientQuantity", async () => {
    const { cooperative, stranger, receipt } = scene;
    await cooperative.receipts.withdraw(receipt, 8_000_000n);
    const call = cooperative.receipts.endorse(receipt, stranger.address);
    await expectRefusal(call, "InsufficientQuantity", 1n, 0n);
  });

  it("is refused to nobody, to no party and to the holder itself: UnknownEndorsee", async () => {
    const { cooperative, stranger, addresses, receipt } = scene;
    for (const to of [ownAccount, stranger.address, addresses.receipts, cooperative.address])
      await expectRefusal(cooperative.receipts.endorse(receipt, to), "UnknownEndorsee", to);
  });

  it("is refused to a party's new key, which is not its id: UnknownEndorsee", async () => {
    const { admin, cooperative, lender, stranger, receipt } = scene;
    await admin.parties.proposeKey(lender.address, stranger.address);
    await onDay(2);
    await stranger.parties.replaceKey(lender.address);
    const call = cooperative.receipts.endorse(receipt, stranger.address);
    await expectRefusal(call, "UnknownEndorsee", stranger.address);
    await cooperative.receipts.endorse(receipt, lender.address);
  });

  it("is refused a second time: NotPermitted", async () => {
    const { cooperative, otherCooperative, receipt } = scene;
    await cooperative.receipts.endorse(receipt, otherCooperative.address);
    const again = cooperative.receipts.endorse(receipt, otherCooperative.address);
    await expectRefusal(again, "NotPermitted", cooperative.address);
  });

  it("makes no goods: two endorsed receipts of one lot merge to what they were", async () => {
    const { cooperative, otherCooperative, contracts, receipt } = scene;
    const second = await weighIn(scene, { ticket: text("T-2") });
    await cooperative.receipts.endorse(receipt, otherCooperative.address);
    const mine = cooperative.receipts.merge(second, receipt);
    await expectRefusal(mine, "NotPermitted", cooperative.address);
    await cooperative.receipts.endorse(second, otherCooperative.address);
    await otherCooperative.receipts.merge(second, receipt);
    expect((await contracts.receipts.receiptById(receipt)).quantity).to.equal(16_000_000n);
  });
});
