import { expect } from "chai";
import { load } from "../support/chain.ts";
import { expectRefusal } from "../support/refusals.ts";
import { acceptedOrder, deliver, despatch, drawn, type AcceptedOrder } from "../support/scenes.ts";
import { ownAccount, orderTerms, text } from "../support/terms.ts";

describe("Cancelling an order", () => {
  let scene: AcceptedOrder;

  beforeEach(async () => {
    scene = await load(acceptedOrder);
  });

  async function issueAnother(): Promise<bigint> {
    const terms = orderTerms(scene, { number: text("PO-2026-2") });
    await scene.buyer.orders.issue(terms);
    return scene.contracts.orders.orderId(scene.buyer.address, terms.number, 1);
  }

  describe("before it was accepted", () => {
    for (const side of ["buyer", "cooperative"] as const)
      it(`needs the ${side} alone, and leaves nothing behind`, async () => {
        const { contracts } = scene;
        const id = await issueAnother();
        await expect(scene[side].orders.cancel(id))
          .to.emit(contracts.orders, "OrderCancelled")
          .withArgs(id, scene[side].address, 0n);
        expect((await contracts.orders.orderById(id)).status).to.equal(0n);
        expect(BigInt(await contracts.orders.termsHashById(id))).to.equal(0n);
      });

    it("lets the same order be issued again", async () => {
      const id = await issueAnother();
      await scene.buyer.orders.cancel(id);
      expect(await issueAnother()).to.equal(id);
    });

    it("is refused to anyone else: NotPermitted", async () => {
      const { otherBuyer, otherCooperative } = scene;
      const id = await issueAnother();
      for (const other of [otherBuyer, otherCooperative])
        await expectRefusal(other.orders.cancel(id), "NotPermitted", other.address);
    });

    it("is refused a second time: NotPermitted, for the order has no sides any more", async () => {
      const { buyer } = scene;
      const id = await issueAnother();
      await buyer.orders.cancel(id);
      await expectRefusal(buyer.orders.cancel(id), "NotPermitted", buyer.address);
    });
  });

  describe("after it was accepted", () => {
    for (const [first, second] of [
      ["buyer", "cooperative"],
      ["cooperative", "buyer"],
    ] as const)
      it(`is asked for by the ${first} and done by the ${second}`, async () => {
        const { contracts, order } = scene;
        await expect(scene[first].orders.cancel(order))
          .to.emit(contracts.orders, "CancellationRequested")
          .withArgs(order, scene[first].address, 0n);
        expect((await contracts.orders.orderById(order)).status).to.equal(2n);
        await expect(scene[second].orders.cancel(order))
          .to.emit(contracts.orders, "OrderCancelled")
          .withArgs(order, scene[second].address, 0n);
        expect((await contracts.orders.orderById(order)).status).to.equal(4n);
      });

    it("is not done by one side that asks twice", async () => {
      const { buyer, contracts, order } = scene;
      await buyer.orders.cancel(order);
      await buyer.orders.cancel(order);
      expect((await contracts.orders.orderById(order)).status).to.equal(2n);
    });

    it("ends what is undelivered, and leaves what was accepted", async () => {
      const { buyer, cooperative, contracts, order } = scene;
      await deliver(scene, order, 1n, 4_000_000n);
      await buyer.orders.cancel(order);
      await expect(cooperative.orders.cancel(order))
        .to.emit(contracts.orders, "OrderCancelled")
        .withArgs(order, cooperative.address, 4_000_000n);
      const record = await contracts.orders.orderById(order);
      expect([record.status, record.quantity]).to.deep.equal([4n, 4_000_000n]);
      expect(record.owed).to.equal(26_000_00n);
    });

    it("does not let the order be issued again: AlreadyExists", async () => {
      const { buyer, cooperative, order } = scene;
      await buyer.orders.cancel(order);
      await cooperative.orders.cancel(order);
      await expectRefusal(buyer.orders.issue(orderTerms(scene)), "AlreadyExists", order);
    });

    it("is refused once everything is accepted: WrongOrder", async () => {
      const { buyer, order } = scene;
      await deliver(scene, order, 1n, 20_000_000n);
      await expectRefusal(buyer.orders.cancel(order), "WrongOrder", order);
    });

    it("is refused a second time: WrongOrder", async () => {
      const { buyer, cooperative, order } = scene;
      await buyer.orders.cancel(order);
      await cooperative.orders.cancel(order);
      await expectRefusal(buyer.orders.cancel(order), "WrongOrder", order);
    });

    it("is refused while a lien is on it: Encumbered, before DeliveryOpen", async () => {
      const { buyer, cooperative, facility, order } = scene;
      await buyer.orders.cancel(order);
      await cooperative.facilities.drawDown(facility, order, drawn, 0n, ownAccount);
      await despatch(scene, order, 1n, 1_000n);
      await expectRefusal(cooperative.orders.cancel(order), "Encumbered", order);
      await expectRefusal(buyer.orders.cancel(order), "Encumbered", order);
    });

    it("is refused while a delivery is open: DeliveryOpen", async () => {
      const { buyer, order } = scene;
      await despatch(scene, order, 1n, 1_000n);
      await expectRefusal(buyer.orders.cancel(order), "DeliveryOpen", order);
    });
  });

  describe("asked for before something else happened", () => {
    it("has to be asked for again once goods were accepted", async () => {
      const { buyer, cooperative, contracts, order } = scene;
      await buyer.orders.cancel(order);
      await deliver(scene, order, 1n, 4_000_000n);
      await expect(cooperative.orders.cancel(order))
        .to.emit(contracts.orders, "CancellationRequested")
        .withArgs(order, cooperative.address, 4_000_000n);
      expect((await contracts.orders.orderById(order)).status).to.equal(2n);
    });

    it("has to be asked for again once goods were despatched, though none were taken", async () => {
      const { buyer, cooperative, contracts, order } = scene;
      await cooperative.orders.cancel(order);
      await despatch(scene, order, 1n, 4_000_000n);
      await buyer.deliveries.accept(order, 1n, 0, 0n);
      await buyer.orders.cancel(order);
      expect((await contracts.orders.orderById(order)).status).to.equal(2n);
      await cooperative.orders.cancel(order);
      expect((await contracts.orders.orderById(order)).status).to.equal(4n);
    });

    it("has to be asked for again once the order was financed, though the loan is repaid", async () => {
      const { buyer, cooperative, contracts, facility, order } = scene;
      await cooperative.orders.cancel(order);
      await cooperative.facilities.drawDown(facility, order, drawn, 0n, ownAccount);
      await cooperative.facilities.repay(order, drawn, 1n);
      await buyer.orders.cancel(order);
      expect((await contracts.orders.orderById(order)).status).to.equal(2n);
    });
  });
});
