import { expect } from "chai";
import { load, onDay } from "../support/chain.ts";
import { originatingActs } from "../support/originating.ts";
import { expectRefusal } from "../support/refusals.ts";
import { stages, type Stage } from "../support/role-table/stage.ts";
import { attempt, encode, table } from "../support/role-table/table.ts";
import { openingCash, roles } from "../support/sheaf.ts";
import { orderTerms } from "../support/terms.ts";

describe("Once a deployment is retired", () => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await load(stages.trade);
    await stage.admin.parties.retire();
  });

  for (const [name, act] of Object.entries(originatingActs))
    it(`${name} is refused for good: Retired, before Paused`, async () => {
      const { admin } = stage;
      await expectRefusal(act(stage), "Retired");
      await admin.parties.setPaused(true);
      await expectRefusal(act(stage), "Retired");
      await admin.parties.setPaused(false);
      await expectRefusal(act(stage), "Retired");
    });

  it("whose act it is not hears that first: NotPermitted", async () => {
    const { contracts, stranger, lender } = stage;
    for (const { address } of [stranger, lender]) {
      const asked = contracts.parties.requireOriginator(address, roles.buyer);
      await expectRefusal(asked, "NotPermitted", address);
    }
  });

  it("a suspended party hears of it first: Retired, before PartySuspended", async () => {
    const { admin, buyer } = stage;
    await admin.parties.setSuspended(buyer.address, true);
    await expectRefusal(originatingActs["issuing an order"]!(stage), "Retired");
  });

  it("it is not retired again: Retired", async () => {
    await expectRefusal(stage.admin.parties.retire(), "Retired");
  });

  it("it says so, once", async () => {
    const { parties } = stage.contracts;
    expect(await parties.retired()).to.equal(true);
    expect((await parties.queryFilter(parties.filters.DeploymentRetired)).length).to.equal(1);
  });

  it("no act of administration, and no other, revives it", async () => {
    const { admin, contracts } = stage;
    for (const row of table.filter(({ outcomes }) => outcomes.admin === "allowed")) {
      const { to, data } = encode(stage, row, admin.address);
      const isPossible = (await attempt(admin.address, to, data)) === "allowed";
      if (isPossible) await (await admin.signer.sendTransaction({ to, data })).wait();
      expect(await contracts.parties.retired(), row.call).to.equal(true);
      stage = await load(stages.trade);
      await stage.admin.parties.retire();
    }
  });

  it("nothing can be drawn, as the quotes say: Retired", async () => {
    const { contracts, facility, order } = stage;
    await expectRefusal(contracts.quotes.headroom(facility, order), "Retired");
    expect(await contracts.quotes.available(facility, order)).to.equal(0n);
  });

  it("a party still gets another key, and names where it is paid", async () => {
    const { admin, arbiter, cooperative, stranger, nobody, contracts } = stage;
    const { from } = await contracts.parties.proposalFor(arbiter.address);
    await onDay(2);
    expect(from > 0n).to.equal(true);
    await stranger.parties.replaceKey(arbiter.address);
    await admin.parties.proposeKey(cooperative.address, nobody.address);
    await cooperative.parties.vetoKey();
    await cooperative.parties.setPayoutAccount(nobody.address);
  });

  describe("what is there winds down to nothing:", () => {
    it("deliveries are answered, debts paid, contested, ruled and collected, the loan repaid", async () => {
      const { buyer, cooperative, lender, warehouse, arbiter, stranger } = stage;
      const { contracts, order, receipt, sold } = stage;
      await buyer.deliveries.accept(order, 2n, receipt, 900_000n);
      await cooperative.deliveries.recall(order, 3n, 0n);
      await cooperative.deliveries.despatch(order, 4n, receipt, 1_000_000n, 2n ** 40n - 1n);
      await warehouse.deliveries.recall(order, 4n, receipt);
      await buyer.receivables.contest(sold, 2n, 500_00n);
      await buyer.receivables.pay(sold, 1n, 6_500_00n, 6_500_00n);
      await arbiter.receivables.rule(order, 1n, 50n, orderTerms(stage));
      await onDay(10);
      await cooperative.facilities.repay(order, 10_000_00n, 1n);
      await onDay(31);
      for (const delivery of [1n, 2n]) await stranger.receivables.collect(order, delivery);
      const { principal, revision } = await contracts.liens.loanOf(order);
      await cooperative.facilities.repay(order, principal + 1_000_00n, revision);
      expect(await contracts.liens.isEncumbered(order)).to.equal(false);
      for (const delivery of [1, 2])
        expect((await contracts.receivables.receivableOf(order, delivery)).outstanding).to.equal(
          0n,
        );
      expect((await contracts.deposits.balanceOf(lender.address)) > openingCash).to.equal(true);
    });

    it("goods under the lien are released as far as the base carries, and with consent", async () => {
      const { cooperative, lender, contracts, order, spare } = stage;
      await lender.receipts.consentToRelease(spare);
      await cooperative.receipts.unearmark(spare);
      expect(await contracts.receipts.rootOf(spare)).to.equal(0n);
      expect((await contracts.orders.orderById(order)).stored).to.equal(7_000_000n);
    });

    it("free goods are divided, endorsed, withdrawn and lost", async () => {
      const { cooperative, warehouse, otherBuyer, contracts, free, alike } = stage;
      const { receipts } = cooperative;
      await receipts.split(free, 1_000_000n, 1n);
      const child = await contracts.receipts.childId(free, 1n);
      await receipts.merge(alike, free);
      await receipts.endorse(child, otherBuyer.address);
      await otherBuyer.receipts.withdraw(child, 1_000_000n);
      await warehouse.receipts.shrink(free, 1_000n);
      await receipts.withdraw(free, 14_999_000n);
      expect((await contracts.receipts.receiptById(free)).quantity).to.equal(0n);
    });

    it("an order that was not accepted is cancelled, and so is the rest of one that was", async () => {
      const { buyer, cooperative, contracts, issued, sold } = stage;
      await buyer.orders.cancel(issued);
      await buyer.orders.cancel(sold);
      await cooperative.orders.cancel(sold);
      expect((await contracts.orders.orderById(sold)).quantity).to.equal(2_000_000n);
    });

    it("silence still counts as acceptance, the rest lapses, and default is declared", async () => {
      stage = await load(stages.late);
      const { admin, buyer, lender, stranger, contracts, order } = stage;
      await admin.parties.retire();
      await stranger.deliveries.deemAccepted(order, 3n, 0n);
      await buyer.orders.lapse(order);
      await lender.facilities.declareDefault(order);
      await lender.facilities.writeOff(order);
      await stranger.receivables.collect(order, 1n);
      expect((await contracts.liens.loanOf(order)).principal).to.equal(0n);
      expect(await contracts.facilities.isWrittenOff(order)).to.equal(false);
    });
  });
});
