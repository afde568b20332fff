import { expect } from "chai";
import { load, onDay } from "../support/chain.ts";
import { hostileTrade, type HostileTrade } from "../support/hostile-currency.ts";
import { expectRefusal } from "../support/refusals.ts";
import { deliver, makeOrder, owed } from "../support/scenes.ts";
import { openingCash } from "../support/sheaf.ts";
import { act, ask } from "../support/test-contract.ts";
import { text } from "../support/terms.ts";

describe("A payee that cannot receive", () => {
  /** Of 65,000.00 on the due day: 188.33 of interest, and principal down to 39,000.00. */
  const toLender = 11_188_33n;
  const toHolder = 53_811_67n;
  let scene: HostileTrade;

  beforeEach(async () => {
    scene = await load(hostileTrade);
  });

  afterEach("leaves no contract with money", async () => {
    for (const address of Object.values(scene.addresses))
      expect(await ask<bigint>(scene.token, "balanceOf", address)).to.equal(0n);
  });

  function cash({ address }: { readonly address: string }): Promise<bigint> {
    return ask<bigint>(scene.token, "balanceOf", address);
  }

  async function record(order: bigint): Promise<readonly [outstanding: bigint, overdue: boolean]> {
    const { receivables } = scene.contracts;
    const { outstanding, overdue } = await receivables.receivableOf(order, 1);
    return [outstanding, overdue];
  }

  describe("when it is the lender,", () => {
    beforeEach(async () => {
      await act(scene.token, "freeze", scene.lender.address);
    });

    it("without a depositary, stops the payment, for nothing overtakes the lien", async () => {
      const { buyer, cooperative, lender, stranger, contracts, order } = scene;
      const refused = ["PayeeCannotReceive", lender.address] as const;
      await expectRefusal(cooperative.facilities.repay(order, 1_00n, 1n), ...refused);
      await onDay(30);
      await expectRefusal(buyer.receivables.pay(order, 1, owed, owed), ...refused);
      await expectRefusal(stranger.receivables.collect(order, 1), ...refused);
      expect(await record(order)).to.deep.equal([owed, false]);
      expect((await contracts.liens.loanOf(order)).principal).to.equal(50_000_00n);
    });

    it("does not stop what the lender has no part in", async () => {
      const { buyer, cooperative, order } = scene;
      await buyer.receivables.pay(order, 1, 1_000_00n, owed);
      expect(await cash(cooperative)).to.equal(openingCash + 50_000_00n + 1_000_00n);
    });

    it("may name another account of its own", async () => {
      const { lender, otherArbiter, stranger, facility, order } = scene;
      await lender.facilities.setPayee(facility, otherArbiter.address);
      await onDay(30);
      await stranger.receivables.collect(order, 1);
      expect(await cash(otherArbiter)).to.equal(toLender);
    });

    describe("and there is a depositary,", () => {
      beforeEach(async () => {
        const { admin, otherLender, facility } = scene;
        await admin.facilities.setDepositary(facility, otherLender.address);
      });

      it("leaves its part of a payment to it, and the loan falls as if it had been paid", async () => {
        const { cooperative, lender, otherLender, stranger, contracts, facility, order } = scene;
        await onDay(30);
        await expect(stranger.receivables.collect(order, 1))
          .to.emit(contracts.facilities, "PaidToDepositary")
          .withArgs(facility, lender.address, otherLender.address, toLender);
        expect(await cash(otherLender)).to.equal(toLender);
        expect(await cash(cooperative)).to.equal(openingCash + 50_000_00n + toHolder);
        expect(await record(order)).to.deep.equal([0n, false]);
        expect((await contracts.liens.loanOf(order)).principal).to.equal(39_000_00n);
      });

      it("leaves a repayment to it, on the depositary's own payout account", async () => {
        const { cooperative, otherArbiter, otherLender, contracts, order } = scene;
        await otherLender.parties.setPayoutAccount(otherArbiter.address);
        await cooperative.facilities.repay(order, 50_000_00n, 1n);
        expect(await cash(otherArbiter)).to.equal(50_000_00n);
        expect(await contracts.liens.isEncumbered(order)).to.equal(false);
      });

      it("stops the payment if that one cannot receive either: PayeeCannotReceive", async () => {
        const { cooperative, lender, otherLender, stranger, token, order } = scene;
        await act(token, "freeze", otherLender.address);
        const repayment = cooperative.facilities.repay(order, 1_00n, 1n);
        await expectRefusal(repayment, "PayeeCannotReceive", lender.address);
        await onDay(30);
        const collection = stranger.receivables.collect(order, 1);
        await expectRefusal(collection, "PayeeCannotReceive", lender.address);
      });

      it("does not take the blame for a payer without funds: PayerFundsUnavailable", async () => {
        const { cooperative, token, addresses, order } = scene;
        await act(token, "allow", cooperative.address, addresses.facilities, 1n);
        const call = cooperative.facilities.repay(order, 2n, 1n);
        await expectRefusal(call, "PayerFundsUnavailable", cooperative.address, 2n);
      });
    });
  });

  describe("when it is the holder,", () => {
    beforeEach(async () => {
      await act(scene.token, "freeze", scene.cooperative.address);
    });

    it("leaves the lender its part, and what it could not receive is owed and not overdue", async () => {
      const { cooperative, lender, stranger, contracts, order, receivable } = scene;
      await onDay(30);
      const call = stranger.receivables.collect(order, 1);
      await expect(call)
        .to.emit(contracts.receivables, "HolderCouldNotReceive")
        .withArgs(receivable, cooperative.address, toHolder);
      await expect(call)
        .to.emit(contracts.receivables, "ReceivablePaid")
        .withArgs(receivable, order, stranger.address, toLender, toLender, 0n, true);
      expect(await cash(lender)).to.equal(openingCash - 50_000_00n + toLender);
      expect(await record(order)).to.deep.equal([toHolder, false]);
      const { owed: counted, overdueCount } = await contracts.orders.orderById(order);
      expect([counted, overdueCount]).to.deep.equal([toHolder, 0n]);
    });

    it("is paid on another account of its own, by a collection made anew", async () => {
      const { cooperative, otherArbiter, stranger, order } = scene;
      await onDay(30);
      await stranger.receivables.collect(order, 1);
      await cooperative.parties.setPayoutAccount(otherArbiter.address);
      await stranger.receivables.collect(order, 1);
      expect(await record(order)).to.deep.equal([0n, false]);
      expect(await cash(otherArbiter)).to.equal(toHolder);
    });

    describe("and no loan is on the root,", () => {
      let free: bigint;

      beforeEach(async () => {
        free = await makeOrder(scene, { number: text("PO-FREE"), currency: scene.currency });
        await deliver(scene, free, 1, 10_000_000n);
        await onDay(31);
      });

      it("stops the payment, and nothing is overdue: PayeeCannotReceive", async () => {
        const { buyer, cooperative, stranger } = scene;
        const refused = ["PayeeCannotReceive", cooperative.address] as const;
        await expectRefusal(stranger.receivables.collect(free, 1), ...refused);
        await expectRefusal(buyer.receivables.pay(free, 1, owed, owed), ...refused);
        expect(await record(free)).to.deep.equal([owed, false]);
      });

      it("does not hide that the buyer is short: the whole is overdue, and none is paid", async () => {
        const { buyer, stranger, token, addresses } = scene;
        await act(token, "allow", buyer.address, addresses.receivables, 1_00n);
        await stranger.receivables.collect(free, 1);
        expect(await record(free)).to.deep.equal([owed, true]);
        expect(await cash(buyer)).to.equal(openingCash);
      });
    });
  });
});
