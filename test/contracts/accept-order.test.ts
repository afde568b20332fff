import { expect } from "chai";
import { ZeroAddress, ZeroHash } from "ethers";
import { load } from "../support/chain.ts";
import { expectRefusal } from "../support/refusals.ts";
import { admittedParties, type Sheaf } from "../support/sheaf.ts";
import { orderTerms } from "../support/terms.ts";

interface IssuedOrder extends Sheaf {
  readonly order: bigint;
  readonly termsHash: string;
}

async function issuedOrder(): Promise<IssuedOrder> {
  const sheaf = await admittedParties();
  const terms = orderTerms(sheaf);
  await sheaf.buyer.orders.issue(terms);
  const { orders } = sheaf.contracts;
  const order = await orders.orderId(sheaf.buyer.address, terms.number, terms.line);
  return { ...sheaf, order, termsHash: await orders.hashTerms(sheaf.buyer.address, terms) };
}

describe("Accepting an order", () => {
  let scene: IssuedOrder;

  beforeEach(async () => {
    scene = await load(issuedOrder);
  });

  it("makes it the seller's claim, and its own root", async () => {
    const { cooperative, contracts, order, termsHash } = scene;
    const call = cooperative.orders.accept(order, termsHash);
    await expect(call)
      .to.emit(contracts.orders, "OrderAccepted")
      .withArgs(order, cooperative.address);
    await expect(call)
      .to.emit(contracts.orders, "Transfer")
      .withArgs(ZeroAddress, cooperative.address, order);
    expect(await contracts.orders.ownerOf(order)).to.equal(cooperative.address);
    expect(await contracts.orders.balanceOf(cooperative.address)).to.equal(1n);
    expect(await contracts.orders.rootOf(order)).to.equal(order);
    expect((await contracts.orders.orderById(order)).status).to.equal(2n);
  });

  it("is refused to another cooperative, even with the right hash: NotPermitted", async () => {
    const { otherCooperative, order, termsHash } = scene;
    await expectRefusal(
      otherCooperative.orders.accept(order, termsHash),
      "NotPermitted",
      otherCooperative.address,
    );
  });

  it("is refused to a suspended seller: PartySuspended", async () => {
    const { admin, cooperative, order, termsHash } = scene;
    await admin.parties.setSuspended(cooperative.address, true);
    const call = cooperative.orders.accept(order, termsHash);
    await expectRefusal(call, "PartySuspended", cooperative.address);
  });

  it("is refused while originating is paused: Paused", async () => {
    const { admin, cooperative, order, termsHash } = scene;
    await admin.parties.setPaused(true);
    await expectRefusal(cooperative.orders.accept(order, termsHash), "Paused");
  });

  it("is refused a second time: WrongOrder, before StaleState", async () => {
    const { cooperative, order, termsHash } = scene;
    await cooperative.orders.accept(order, termsHash);
    await expectRefusal(cooperative.orders.accept(order, termsHash), "WrongOrder", order);
    await expectRefusal(cooperative.orders.accept(order, ZeroHash), "WrongOrder", order);
  });

  it("is refused for other terms than those on record: StaleState", async () => {
    const { cooperative, order, termsHash } = scene;
    const call = cooperative.orders.accept(order, ZeroHash);
    await expectRefusal(call, "StaleState", 0n, BigInt(termsHash));
  });

  for (const [term, changes] of [
    ["price", { unitPrice: 640_00n }],
    ["payment term", { paymentDays: 60n }],
    ["documents", { termsRoot: ZeroHash }],
  ] as const)
    it(`is refused if the order was issued anew with another ${term}: StaleState`, async () => {
      const { buyer, cooperative, contracts, order, termsHash } = scene;
      await buyer.orders.cancel(order);
      await buyer.orders.issue(orderTerms(scene, changes));
      const actual = BigInt(await contracts.orders.termsHashById(order));
      const call = cooperative.orders.accept(order, termsHash);
      await expectRefusal(call, "StaleState", BigInt(termsHash), actual);
    });

  it("is refused if the order was issued anew to somebody else: NotPermitted", async () => {
    const { buyer, cooperative, otherCooperative, order, termsHash } = scene;
    await buyer.orders.cancel(order);
    await buyer.orders.issue(orderTerms(scene, { seller: otherCooperative.address }));
    const call = cooperative.orders.accept(order, termsHash);
    await expectRefusal(call, "NotPermitted", cooperative.address);
  });
});
