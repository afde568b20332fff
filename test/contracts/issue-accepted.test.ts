import { expect } from "chai";
import { Wallet, ZeroAddress, ZeroHash, type Signer } from "ethers";
import { at, day, load } from "../support/chain.ts";
import { expectRefusal } from "../support/refusals.ts";
import { openFacility } from "../support/scenes.ts";
import { admittedParties, roles, type Actor, type Sheaf } from "../support/sheaf.ts";
import { signStatement } from "../support/signing.ts";
import { orderTerms, ownAccount, text } from "../support/terms.ts";
import type { OrderTermsStruct } from "../../typechain-types/order/IPurchaseOrders.ts";

interface SignedOrder extends Sheaf {
  readonly terms: OrderTermsStruct;
  readonly order: bigint;
  /** The cooperative's word for the terms, with nonce 7, until the last second. */
  readonly signature: string;
}

const nonce = 7n;
const deadline = BigInt(day(5));

async function signedOrder(): Promise<SignedOrder> {
  const sheaf = await admittedParties();
  const terms = orderTerms(sheaf);
  const order = await sheaf.contracts.orders.orderId(sheaf.buyer.address, terms.number, terms.line);
  return { ...sheaf, terms, order, signature: await acceptance(sheaf, terms) };
}

async function acceptance(
  sheaf: Sheaf,
  terms: OrderTermsStruct,
  signer: Signer = sheaf.cooperative.signer,
): Promise<string> {
  const termsHash = await sheaf.contracts.orders.hashTerms(sheaf.buyer.address, terms);
  return signStatement(sheaf, "Acceptance", { termsHash, nonce, deadline }, signer);
}

describe("Issuing an order together with the seller's signed acceptance", () => {
  let scene: SignedOrder;

  beforeEach(async () => {
    scene = await load(signedOrder);
  });

  function issue(
    by: Actor = scene.buyer,
    terms: OrderTermsStruct = scene.terms,
    signature: string = scene.signature,
  ): Promise<unknown> {
    return by.orders.issueAccepted(terms, nonce, deadline, signature);
  }

  it("makes it the seller's claim at once, in one transaction", async () => {
    const { buyer, cooperative, contracts, order, terms } = scene;
    const { orders } = contracts;
    expect(
      await buyer.orders.issueAccepted.staticCall(terms, nonce, deadline, scene.signature),
    ).to.equal(order);
    const call = issue();
    await expect(call).to.emit(orders, "OrderIssued");
    await expect(call).to.emit(orders, "OrderAccepted").withArgs(order, cooperative.address);
    await expect(call)
      .to.emit(orders, "Transfer")
      .withArgs(ZeroAddress, cooperative.address, order);
    expect(await orders.ownerOf(order)).to.equal(cooperative.address);
    expect(await orders.balanceOf(cooperative.address)).to.equal(1n);
    expect(await orders.rootOf(order)).to.equal(order);
    expect((await orders.orderById(order)).status).to.equal(2n);
    expect(await orders.termsHashById(order)).to.equal(
      await orders.hashTerms(buyer.address, terms),
    );
  });

  it("leaves the very record that issuing and accepting apart leave", async () => {
    const { buyer, cooperative, contracts, order, terms } = scene;
    await issue();
    const together = await contracts.orders.packedOrder(order);
    scene = await load(signedOrder);
    await buyer.orders.issue(terms);
    await cooperative.orders.accept(order, await contracts.orders.termsHashById(order));
    const apart = await contracts.orders.packedOrder(order);
    expect([...together]).to.deep.equal([...apart]);
  });

  it("lets the seller draw on it with its next call", async () => {
    const { cooperative, contracts, order } = scene;
    const facility = await openFacility(scene);
    await issue();
    await cooperative.facilities.drawDown(facility, order, 78_000_00n, 0n, ownAccount);
    expect((await contracts.liens.loanOf(order)).principal).to.equal(78_000_00n);
  });

  it("uses the seller's nonce up, and nobody else's", async () => {
    const { buyer, cooperative, contracts } = scene;
    await issue();
    expect(await contracts.orders.nonceUsed(cooperative.address, nonce)).to.equal(true);
    expect(await contracts.orders.nonceUsed(buyer.address, nonce)).to.equal(false);
    expect(await contracts.deliveries.nonceUsed(cooperative.address, nonce)).to.equal(false);
  });

  it("makes an order whose acceptance is not asked for again: WrongOrder", async () => {
    const { cooperative, contracts, order } = scene;
    await issue();
    const termsHash = await contracts.orders.termsHashById(order);
    await expectRefusal(cooperative.orders.accept(order, termsHash), "WrongOrder", order);
  });

  it("makes an order that neither side cancels alone", async () => {
    const { buyer, contracts, order } = scene;
    await issue();
    await expect(buyer.orders.cancel(order)).to.emit(contracts.orders, "CancellationRequested");
    expect((await contracts.orders.orderById(order)).status).to.equal(2n);
  });

  it("may follow an order that was cancelled before it was accepted", async () => {
    const { buyer, contracts, order, terms } = scene;
    await buyer.orders.issue({ ...terms, unitPrice: 1_00n });
    await buyer.orders.cancel(order);
    await issue();
    expect((await contracts.orders.orderById(order)).unitPrice).to.equal(terms.unitPrice);
  });

  describe("is refused", () => {
    it("to whom is no buyer, the seller itself included: NotPermitted", async () => {
      const { cooperative, lender, stranger, admin } = scene;
      for (const by of [cooperative, lender, stranger, admin])
        await expectRefusal(issue(by), "NotPermitted", by.address);
    });

    it("to another buyer that hands in the same words: InvalidSignature", async () => {
      const { otherBuyer, cooperative } = scene;
      await expectRefusal(issue(otherBuyer), "InvalidSignature", cooperative.address);
    });

    it("where originating has ended, is paused, or the buyer is suspended, in this order", async () => {
      const { admin, buyer } = scene;
      await admin.parties.setSuspended(buyer.address, true);
      await expectRefusal(issue(), "PartySuspended", buyer.address);
      await admin.parties.setPaused(true);
      await expectRefusal(issue(), "Paused");
      await admin.parties.retire();
      await expectRefusal(issue(), "Retired");
      await admin.parties.setRoles(buyer.address, roles.lender);
      await expectRefusal(issue(), "NotPermitted", buyer.address);
    });

    it("a second time, though the nonce is used: AlreadyExists, before NonceUsed", async () => {
      const { order } = scene;
      await issue();
      await expectRefusal(issue(), "AlreadyExists", order);
    });

    it("for an order that was issued and waits for the seller: AlreadyExists", async () => {
      const { buyer, order, terms } = scene;
      await buyer.orders.issue(terms);
      await expectRefusal(issue(), "AlreadyExists", order);
    });

    it("with terms that no order can have, before its words are looked at: InvalidTerm", async () => {
      const { buyer, terms } = scene;
      const wrong: readonly (readonly [string, Partial<OrderTermsStruct>])[] = [
        ["number", { number: ZeroHash }],
        ["seller", { seller: buyer.address }],
        ["arbiter", { arbiter: scene.cooperative.address }],
        ["currency", { currency: scene.addresses.liens }],
        ["quantity", { quantity: 0n }],
        ["unitPrice", { unitPrice: 0n }],
        ["paymentDays", { paymentDays: 366n }],
        ["inspectionDays", { inspectionDays: 0n }],
      ];
      for (const [field, changes] of wrong)
        await expectRefusal(
          issue(buyer, { ...terms, ...changes }, "0x"),
          "InvalidTerm",
          0n,
          text(field),
        );
    });

    it("where the seller that signed is suspended meanwhile: InvalidTerm", async () => {
      const { admin, cooperative } = scene;
      await admin.parties.setSuspended(cooperative.address, true);
      await expectRefusal(issue(), "InvalidTerm", 0n, text("seller"));
    });

    it("where the seller that signed is no cooperative any more: InvalidTerm", async () => {
      const { admin, cooperative } = scene;
      await admin.parties.setRoles(cooperative.address, roles.lender);
      await expectRefusal(issue(), "InvalidTerm", 0n, text("seller"));
    });

    it("after the last second of the words: StatementExpired, before NonceUsed", async () => {
      const { cooperative } = scene;
      await cooperative.orders.revokeNonce(nonce);
      await at(Number(deadline) + 1);
      await expectRefusal(issue(), "StatementExpired", deadline);
    });

    it("with words that the seller has taken back: NonceUsed, before InvalidSignature", async () => {
      const { buyer, cooperative, terms } = scene;
      await cooperative.orders.revokeNonce(nonce);
      const call = issue(buyer, terms, "0x");
      await expectRefusal(call, "NonceUsed", cooperative.address, nonce);
    });

    it("with the words of anybody but the seller: InvalidSignature", async () => {
      const { buyer, cooperative, otherCooperative, admin, terms } = scene;
      const signers = [buyer, otherCooperative, admin].map(({ signer }) => signer);
      for (const signer of [...signers, Wallet.createRandom()]) {
        const signature = await acceptance(scene, terms, signer);
        const call = issue(buyer, terms, signature);
        await expectRefusal(call, "InvalidSignature", cooperative.address);
      }
    });

    it("with any term but those that the seller signed: InvalidSignature", async () => {
      const { buyer, cooperative, otherArbiter, terms } = scene;
      const changes: readonly Partial<OrderTermsStruct>[] = [
        { number: text("PO-2026-2") },
        { line: 2n },
        { arbiter: otherArbiter.address },
        { item: text("WHEAT") },
        { unit: "0x544e45" },
        { quantity: 20_000_001n },
        { unitPrice: 649_99n },
        { deliverBy: BigInt(day(61)) },
        { paymentDays: 31n },
        { inspectionDays: 4n },
        { termsRoot: text("other terms") },
      ];
      for (const change of changes)
        await expectRefusal(
          issue(buyer, { ...terms, ...change }),
          "InvalidSignature",
          cooperative.address,
        );
    });

    it("with words that name another seller than the one that signed: InvalidSignature", async () => {
      const { buyer, otherCooperative, terms } = scene;
      const call = issue(buyer, { ...terms, seller: otherCooperative.address });
      await expectRefusal(call, "InvalidSignature", otherCooperative.address);
    });

    it("and then changes nothing", async () => {
      const { buyer, cooperative, contracts, order, terms } = scene;
      await expectRefusal(issue(buyer, terms, "0x"), "InvalidSignature", cooperative.address);
      expect((await contracts.orders.orderById(order)).status).to.equal(0n);
      expect(await contracts.orders.nonceUsed(cooperative.address, nonce)).to.equal(false);
      expect(await contracts.orders.balanceOf(cooperative.address)).to.equal(0n);
    });
  });
});
