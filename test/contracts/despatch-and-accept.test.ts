import { expect } from "chai";
import { at, civilDay, day, load, onDay } from "../support/chain.ts";
import { expectRefusal } from "../support/refusals.ts";
import {
  acceptedOrder,
  despatch,
  makeOrder,
  store,
  weighIn,
  type StoredOrder,
} from "../support/scenes.ts";
import { openingCash, type Actor } from "../support/sheaf.ts";
import { signStatement } from "../support/signing.ts";
import { ownAccount, text } from "../support/terms.ts";

/** What the cooperative lets the buyer fetch: 3,000.000 kg, worth 19,500.00, of the 8,000.000 kg in store. */
const quantity = 3_000_000n;
const value = 19_500_00n;
const nonce = 7n;
const deadline = BigInt(day(50));

interface Release {
  readonly order: bigint;
  readonly number: bigint;
  readonly receipt: bigint;
  readonly quantity: bigint;
  readonly nonce: bigint;
  readonly deadline: bigint;
}

interface Fetch extends StoredOrder {
  readonly release: Release;
}

async function storedFor(paymentDays: bigint): Promise<Fetch> {
  const scene = await acceptedOrder();
  const order = await makeOrder(scene, { number: text("PO-FETCH"), paymentDays });
  const receipt = await store(scene, order);
  const release = { order, number: 1n, receipt, quantity, nonce, deadline };
  return { ...scene, order, receipt, release };
}

/** 80,000.00 drawn of a base of 83,200.00. */
async function financedFor(paymentDays: bigint): Promise<Fetch> {
  const scene = await storedFor(paymentDays);
  const { cooperative, facility, order } = scene;
  await cooperative.facilities.drawDown(facility, order, 80_000_00n, 0n, ownAccount);
  return scene;
}

const storedScene = (): Promise<Fetch> => storedFor(30n);
const financedScene = (): Promise<Fetch> => financedFor(30n);
const financedCashScene = (): Promise<Fetch> => financedFor(0n);

describe("Fetching goods with the seller's word for them", () => {
  let scene: Fetch;

  /** The buyer hands the words in, signed by the seller unless somebody else is named. */
  async function fetch(
    changes: Partial<Release> = {},
    by: Actor = scene.buyer,
    { signer }: Pick<Actor, "signer"> = scene.cooperative,
  ): Promise<unknown> {
    const words: Release = { ...scene.release, ...changes };
    const signature = await signStatement(scene, "Release", { ...words }, signer);
    return by.deliveries.despatchAndAccept(
      words.order,
      words.number,
      words.receipt,
      words.quantity,
      words.nonce,
      words.deadline,
      signature,
    );
  }

  describe("without a loan", () => {
    beforeEach(async () => {
      scene = await load(storedScene);
    });

    it("takes them out of the store, through no open delivery, into a debt", async () => {
      const { cooperative, warehouse, contracts, order, receipt } = scene;
      await at(day(1));
      await fetch();
      const record = await contracts.orders.orderById(order);
      expect([record.accepted, record.pending, record.stored]).to.deep.equal([
        3_000_000n,
        0n,
        5_000_000n,
      ]);
      expect([record.owed, record.overdueCount, record.deliveries, record.status]).to.deep.equal([
        value,
        0n,
        1n,
        2n,
      ]);
      const left = await contracts.receipts.receiptById(receipt);
      expect([left.holder, left.quantity, left.openDeliveries, left.root]).to.deep.equal([
        cooperative.address,
        5_000_000n,
        0n,
        order,
      ]);
      const { used } = await contracts.receipts.capacityOf(warehouse.address);
      expect(used).to.equal(5_000_000n);
      const delivery = await contracts.deliveries.deliveryById(order, 1);
      expect([...delivery]).to.deep.equal([0n, BigInt(day(1)), 3n, receipt % 2n ** 160n]);
    });

    it("makes the receivable of the delivery's number, due after the payment term", async () => {
      const { cooperative, contracts, order } = scene;
      await at(day(1));
      await fetch();
      const debt = await contracts.receivables.receivableOf(order, 1);
      expect([...debt]).to.deep.equal([
        cooperative.address,
        value,
        civilDay(31),
        false,
        false,
        false,
        0n,
        0n,
      ]);
      const id = await contracts.receivables.receivableId(order, 1);
      expect(await contracts.receivables.ownerOf(id)).to.equal(cooperative.address);
    });

    it("tells it as the despatch of the seller and the acceptance of the buyer", async () => {
      const { buyer, cooperative, contracts, order, receipt } = scene;
      const { deliveries, receivables } = contracts;
      await at(day(1));
      const call = fetch();
      await expect(call)
        .to.emit(deliveries, "Despatched")
        .withArgs(order, 1n, receipt, cooperative.address, quantity, day(1));
      await expect(call)
        .to.emit(deliveries, "DeliveryAccepted")
        .withArgs(order, 1n, buyer.address, quantity, 0n, value, false);
      const today = civilDay(1);
      await expect(call)
        .to.emit(receivables, "ReceivableConfirmed")
        .withArgs(
          await receivables.receivableId(order, 1),
          order,
          cooperative.address,
          1n,
          buyer.address,
          value,
          today,
          today + 30n,
          false,
        );
    });

    it("fulfils the order with its last goods, at its value to the minor unit", async () => {
      const { contracts, order } = scene;
      const rest = await store(scene, order, { ticket: text("T-REST"), quantity: 12_000_000n });
      await fetch({ quantity: 8_000_000n });
      await fetch({ number: 2n, receipt: rest, quantity: 12_000_000n, nonce: 8n });
      const record = await contracts.orders.orderById(order);
      expect([record.status, record.stored, record.owed]).to.deep.equal([3n, 0n, 130_000_00n]);
    });

    it("leaves nothing that could be recalled or accepted again: NoOpenDelivery", async () => {
      const { buyer, warehouse, order, receipt } = scene;
      await fetch();
      const recall = warehouse.deliveries.recall(order, 1, receipt);
      await expectRefusal(recall, "NoOpenDelivery", order, 1n);
      const accept = buyer.deliveries.accept(order, 1, receipt, 1n);
      await expectRefusal(accept, "NoOpenDelivery", order, 1n);
    });

    it("goes on while originating is paused or has ended, and both parties are suspended", async () => {
      const { admin, buyer, cooperative, contracts, order } = scene;
      await admin.parties.setPaused(true);
      await admin.parties.retire();
      for (const { address } of [buyer, cooperative])
        await admin.parties.setSuspended(address, true);
      await fetch();
      expect((await contracts.orders.orderById(order)).accepted).to.equal(quantity);
    });

    it("uses the seller's nonce up", async () => {
      const { cooperative, contracts } = scene;
      await fetch();
      expect(await contracts.deliveries.nonceUsed(cooperative.address, nonce)).to.equal(true);
    });

    describe("is refused", () => {
      it("to anyone but the buyer, the seller that signed included: NotPermitted", async () => {
        const { cooperative, otherBuyer, warehouse, lender, stranger, admin } = scene;
        for (const by of [cooperative, otherBuyer, warehouse, lender, stranger, admin])
          await expectRefusal(fetch({ receipt: 0n }, by), "NotPermitted", by.address);
      });

      it("for goods of the field: WrongReceipt, before StaleState", async () => {
        const call = fetch({ receipt: 0n, number: 9n });
        await expectRefusal(call, "WrongReceipt", scene.order, 9n, 0n);
      });

      it("for another number than the next: StaleState, before WrongOrder", async () => {
        const { buyer, order } = scene;
        await at(day(60) + 31 * 86_400);
        await buyer.orders.lapse(order);
        await expectRefusal(fetch({ number: 2n }), "StaleState", 2n, 1n);
      });

      it("once the seller has despatched something else meanwhile: StaleState", async () => {
        await despatch(scene, scene.order, 1n, 1_000n);
        await expectRefusal(fetch(), "StaleState", 1n, 2n);
      });

      it("for an order that has lapsed: WrongOrder, before ZeroAmount", async () => {
        const { buyer, order } = scene;
        await at(day(60) + 31 * 86_400);
        await buyer.orders.lapse(order);
        await expectRefusal(fetch({ quantity: 0n }), "WrongOrder", order);
      });

      it("for nothing: ZeroAmount, before NotEarmarked", async () => {
        await expectRefusal(fetch({ quantity: 0n, receipt: 1n }), "ZeroAmount");
      });

      it("for more than is undelivered: OverDelivery, before NotEarmarked", async () => {
        const call = fetch({ quantity: 20_000_001n, receipt: 1n });
        await expectRefusal(call, "OverDelivery", 20_000_001n, 20_000_000n);
      });

      it("from a receipt that is not earmarked for the order: NotEarmarked, before its quantity", async () => {
        const free = await weighIn(scene, { ticket: text("T-FREE") });
        const other = await makeOrder(scene, { number: text("PO-OTHER") });
        const elsewhere = await store(scene, other, { ticket: text("T-ELSE") });
        for (const receipt of [free, elsewhere, 1n]) {
          const call = fetch({ receipt, quantity: 9_000_000n });
          await expectRefusal(call, "NotEarmarked", receipt);
        }
      });

      it("for more than is in the receipt: InsufficientQuantity, before StatementExpired", async () => {
        await at(day(51));
        const call = fetch({ quantity: 8_000_001n });
        await expectRefusal(call, "InsufficientQuantity", 8_000_001n, 8_000_000n);
      });

      it("after the last second of the words: StatementExpired, before NonceUsed", async () => {
        await scene.cooperative.deliveries.revokeNonce(nonce);
        await at(Number(deadline) + 1);
        await expectRefusal(fetch(), "StatementExpired", deadline);
      });

      it("with words that the seller has taken back: NonceUsed, before InvalidSignature", async () => {
        const { buyer, cooperative } = scene;
        await cooperative.deliveries.revokeNonce(nonce);
        const call = fetch({}, buyer, buyer);
        await expectRefusal(call, "NonceUsed", cooperative.address, nonce);
      });

      it("with the words of anybody but the seller: InvalidSignature", async () => {
        const { buyer, warehouse, otherCooperative, cooperative } = scene;
        for (const signer of [buyer, warehouse, otherCooperative])
          await expectRefusal(fetch({}, buyer, signer), "InvalidSignature", cooperative.address);
      });

      it("and then leaves the goods where they are", async () => {
        const { buyer, contracts, order, receipt } = scene;
        await expectRefusal(fetch({}, buyer, buyer), "InvalidSignature", scene.cooperative.address);
        const record = await contracts.orders.orderById(order);
        expect([record.stored, record.pending, record.deliveries]).to.deep.equal([
          8_000_000n,
          0n,
          0n,
        ]);
        expect((await contracts.receipts.receiptById(receipt)).quantity).to.equal(8_000_000n);
      });
    });
  });

  describe("under a loan", () => {
    it("leaves the loan as it is until the money comes", async () => {
      scene = await load(financedScene);
      const { contracts, facility, order } = scene;
      await fetch();
      const loan = await contracts.liens.loanOf(order);
      expect([loan.principal, loan.revision, loan.facility]).to.deep.equal([
        80_000_00n,
        1n,
        facility,
      ]);
      // 32,500.00 in store at 70 %, 78,000.00 to come at 60 %, 19,500.00 owed at 85 %.
      const base = await contracts.quotes.borrowingBase(facility, order);
      expect(base).to.equal(22_750_00n + 46_800_00n + 16_575_00n);
    });

    describe("with a payment term of 0", () => {
      beforeEach(async () => {
        scene = await load(financedCashScene);
      });

      async function cash(): Promise<bigint[]> {
        const { buyer, cooperative, lender, contracts } = scene;
        return Promise.all(
          [buyer, cooperative, lender].map(({ address }) => contracts.deposits.balanceOf(address)),
        );
      }

      it("is paid for in the same transaction, the lender first by what the base has lost", async () => {
        const { contracts, order } = scene;
        await fetch();
        // The base falls from 83,200.00 to 69,550.00, so that 10,450.00 of 80,000.00 are not carried any more.
        expect(await cash()).to.deep.equal([
          openingCash - value,
          openingCash + 80_000_00n + 9_050_00n,
          openingCash - 80_000_00n + 10_450_00n,
        ]);
        const loan = await contracts.liens.loanOf(order);
        expect([loan.principal, loan.revision]).to.deep.equal([69_550_00n, 2n]);
        const debt = await contracts.receivables.receivableOf(order, 1);
        expect([debt.outstanding, debt.overdue]).to.deep.equal([0n, false]);
        expect((await contracts.orders.orderById(order)).owed).to.equal(0n);
      });

      it("takes what the buyer has, and leaves the rest overdue", async () => {
        const { buyer, stranger, contracts, order } = scene;
        await buyer.deposits.transfer(stranger.address, openingCash - 500_00n);
        await fetch();
        const debt = await contracts.receivables.receivableOf(order, 1);
        expect([debt.outstanding, debt.overdue]).to.deep.equal([19_000_00n, true]);
        const record = await contracts.orders.orderById(order);
        expect([record.accepted, record.owed, record.overdueCount]).to.deep.equal([
          quantity,
          0n,
          1n,
        ]);
        expect((await contracts.liens.loanOf(order)).principal).to.equal(79_500_00n);
      });

      it("stands without any money, and is collected by anyone once there is some", async () => {
        const { buyer, stranger, contracts, addresses, order } = scene;
        await buyer.deposits.approve(addresses.receivables, 0n);
        await fetch();
        const debt = await contracts.receivables.receivableOf(order, 1);
        expect([debt.outstanding, debt.overdue]).to.deep.equal([value, true]);
        await buyer.deposits.approve(addresses.receivables, value);
        await onDay(2);
        await stranger.receivables.collect(order, 1);
        expect((await contracts.receivables.receivableOf(order, 1)).outstanding).to.equal(0n);
      });
    });
  });
});
