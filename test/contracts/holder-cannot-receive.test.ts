import { expect } from "chai";
import { ethers, load, onDay } from "../support/chain.ts";
import { assign } from "../support/assignment.ts";
import {
  freeze,
  freezingTrade,
  freezingTradeWithoutLoan,
  gainsOf,
  refusals,
  type FreezingTrade,
} from "../support/freezing-currency.ts";
import { expectRefusal } from "../support/refusals.ts";
import { deliver, makeOrder, openFacility, owed } from "../support/scenes.ts";
import { ownAccount, text } from "../support/terms.ts";
import { act } from "../support/test-contract.ts";

// On day 30: 188.33 of interest, 30 days at 4.52 % of 50,000.00, and 11,000.00 of principal, down to 60 % of the
// 65,000.00 that are still to be delivered.
const lendersPart = 11_188_33n;
const holdersPart = owed - lendersPart;

let scene: FreezingTrade;

async function debt(): Promise<readonly [outstanding: bigint, overdue: boolean]> {
  const { outstanding, overdue } = await scene.contracts.receivables.receivableOf(scene.order, 1);
  return [outstanding, overdue];
}

async function counters(): Promise<readonly [owed: bigint, overdueCount: bigint]> {
  const { owed: counted, overdueCount } = await scene.contracts.orders.orderById(scene.order);
  return [counted, overdueCount];
}

async function gains(doIt: () => Promise<unknown>): Promise<bigint[]> {
  const { buyer, lender, cooperative } = scene;
  return gainsOf(scene, [buyer.address, lender.address, cooperative.address], doIt);
}

const collect = () => scene.stranger.receivables.collect(scene.order, 1);

describe("A holder whose account cannot receive, under a loan", () => {
  beforeEach(async () => {
    scene = await load(freezingTrade);
    await freeze(scene, scene.cooperative.address);
    await onDay(30);
  });

  for (const [how, refusal] of Object.entries(refusals).slice(0, 2))
    it(`leaves the lender its part, and the debt falls by that alone, where the currency ${how}`, async () => {
      const { contracts, order } = scene;
      await act(scene.token, "refuseBy", refusal);
      expect(await gains(collect)).to.deep.equal([-lendersPart, lendersPart, 0n]);
      expect(await debt()).to.deep.equal([holdersPart, false]);
      const { principal, revision } = await contracts.liens.loanOf(order);
      expect([principal, revision]).to.deep.equal([39_000_00n, 2n]);
    });

  it("leaves the lender its part with gas enough, where the currency burns all of it", async () => {
    await act(scene.token, "refuseBy", refusals.burnsAllGas);
    const { stranger, order } = scene;
    // A sixty-fourth is left for writing down what the holder could not receive.
    const little = stranger.receivables.collect(order, 1, { gasLimit: 1_000_000n });
    await expect(little).to.be.revert(ethers);
    expect(await debt()).to.deep.equal([owed, false]);
    const much = () => stranger.receivables.collect(order, 1, { gasLimit: 5_000_000n });
    expect(await gains(much)).to.deep.equal([-lendersPart, lendersPart, 0n]);
    expect(await debt()).to.deep.equal([holdersPart, false]);
  });

  it("is told: HolderCouldNotReceive, and a payment of the lender's part", async () => {
    const { cooperative, contracts, order, receivable, stranger } = scene;
    const call = collect();
    await expect(call)
      .to.emit(contracts.receivables, "HolderCouldNotReceive")
      .withArgs(receivable, cooperative.address, holdersPart);
    await expect(call)
      .to.emit(contracts.receivables, "ReceivablePaid")
      .withArgs(receivable, order, stranger.address, lendersPart, lendersPart, 0n, true);
    await expect(call).not.to.emit(contracts.receivables, "ReceivableOverdue");
  });

  it("still counts in the base what it could not receive, and draws on it", async () => {
    const { cooperative, contracts, facility, order, depositary } = scene;
    await collect();
    expect(await counters()).to.deep.equal([holdersPart, 0n]);
    // 60 % of the 65,000.00 to come, and ⌊85 %⌋ of the 53,811.67 owed.
    const base = 39_000_00n + 45_739_91n;
    expect(await contracts.quotes.borrowingBase(facility, order)).to.equal(base);
    await cooperative.parties.setPayoutAccount(depositary.address);
    await cooperative.facilities.drawDown(facility, order, base - 39_000_00n, 2n, ownAccount);
  });

  it("is collected for it once it has named another payout account", async () => {
    const { cooperative, contracts, order, stranger } = scene;
    await collect();
    await cooperative.parties.setPayoutAccount(stranger.address);
    const accounts = [scene.buyer.address, scene.lender.address, stranger.address];
    expect(await gainsOf(scene, accounts, collect)).to.deep.equal([-holdersPart, 0n, holdersPart]);
    expect(await debt()).to.deep.equal([0n, false]);
    expect(await counters()).to.deep.equal([0n, 0n]);
    expect((await contracts.liens.loanOf(order)).principal).to.equal(39_000_00n);
  });

  it("gives the lender no more by collecting again: PayeeCannotReceive", async () => {
    const { cooperative } = scene;
    await collect();
    await expectRefusal(collect(), "PayeeCannotReceive", cooperative.address);
    expect(await debt()).to.deep.equal([holdersPart, false]);
  });

  it("stands in the way of the buyer's own payment no more than of a collection", async () => {
    const { buyer, order } = scene;
    const pay = () => buyer.receivables.pay(order, 1, owed, owed);
    expect(await gains(pay)).to.deep.equal([-lendersPart, lendersPart, 0n]);
    await expectRefusal(
      buyer.receivables.pay(order, 1, 1_00n, owed),
      "StaleState",
      owed,
      holdersPart,
    );
  });

  it("stands in no payment's way that is the lender's as a whole", async () => {
    const { lender, order } = scene;
    await onDay(96);
    await lender.facilities.declareDefault(order);
    // 90 days at 4.52 % and 6 at 6.78 %: 565.00 and 56.50.
    const due = 50_621_50n;
    expect(await gains(collect)).to.deep.equal([-due, due, 0n]);
    expect(await debt()).to.deep.equal([owed - due, false]);
  });

  it("leaves overdue what the buyer was late with, beside what it could not receive", async () => {
    const { buyer, token, addresses } = scene;
    await act(token, "allow", buyer.address, addresses.receivables, 20_000_00n);
    // The 65,000.00 leave the base before the split, so that it is 39,000.00 as before.
    expect(await gains(collect)).to.deep.equal([-lendersPart, lendersPart, 0n]);
    expect(await debt()).to.deep.equal([holdersPart, true]);
    expect(await counters()).to.deep.equal([0n, 1n]);
    await act(token, "freeze", scene.cooperative.address, false);
    await act(token, "allow", buyer.address, addresses.receivables, owed);
    expect(await gains(collect)).to.deep.equal([-holdersPart, 0n, holdersPart]);
    expect(await debt()).to.deep.equal([0n, false]);
    expect(await counters()).to.deep.equal([0n, 0n]);
  });

  it("is not in the way of repaying the loan", async () => {
    const { stranger, contracts, order, token, addresses } = scene;
    await act(token, "mint", stranger.address, 60_000_00n);
    await act(token, "allow", stranger.address, addresses.facilities, 60_000_00n);
    await stranger.facilities.repay(order, 60_000_00n, 1n);
    expect(await contracts.liens.isEncumbered(order)).to.equal(false);
  });
});

describe("A holder whose account cannot receive, without a loan", () => {
  beforeEach(async () => {
    scene = await load(freezingTradeWithoutLoan);
    await freeze(scene, scene.cooperative.address);
    await onDay(30);
  });

  it("has the payment refused, collected or paid: PayeeCannotReceive", async () => {
    const { buyer, cooperative, order } = scene;
    for (const call of [collect, () => buyer.receivables.pay(order, 1, owed, owed)])
      expect(
        await gains(() => expectRefusal(call(), "PayeeCannotReceive", cooperative.address)),
      ).to.deep.equal([0n, 0n, 0n]);
    expect(await debt()).to.deep.equal([owed, false]);
    expect(await counters()).to.deep.equal([owed, 0n]);
  });

  it("does not hide a buyer that is short: overdue, and nothing paid", async () => {
    const { buyer, contracts, token, addresses, order, receivable } = scene;
    await act(token, "allow", buyer.address, addresses.receivables, 20_000_00n);
    const call = collect();
    await expect(call)
      .to.emit(contracts.receivables, "ReceivableOverdue")
      .withArgs(receivable, order);
    await expect(call).not.to.emit(contracts.receivables, "ReceivablePaid");
    expect(await debt()).to.deep.equal([owed, true]);
    expect(await counters()).to.deep.equal([0n, 1n]);
    await expectRefusal(collect(), "PayeeCannotReceive", scene.cooperative.address);
  });

  it("is paid once it has named another payout account, overdue or not", async () => {
    const { buyer, cooperative, stranger, token, addresses } = scene;
    await act(token, "allow", buyer.address, addresses.receivables, 20_000_00n);
    await collect();
    await cooperative.parties.setPayoutAccount(stranger.address);
    await act(token, "allow", buyer.address, addresses.receivables, owed);
    const [gained] = await gainsOf(scene, [stranger.address], collect);
    expect(gained).to.equal(owed);
    expect(await debt()).to.deep.equal([0n, false]);
    expect(await counters()).to.deep.equal([0n, 0n]);
  });

  it("is in the way of no other root", async () => {
    const { buyer, otherCooperative, contracts, currency } = scene;
    const terms = { number: text("PO-OTHER"), seller: otherCooperative.address, currency };
    const order = await makeOrder({ ...scene, cooperative: otherCooperative }, terms);
    await deliver({ ...scene, cooperative: otherCooperative }, order, 1n, 1_000_000n);
    await buyer.receivables.pay(order, 1, 6_500_00n, 6_500_00n);
    expect((await contracts.receivables.receivableOf(order, 1)).outstanding).to.equal(0n);
  });

  it("may sell what it is owed only where it can receive: nothing is assigned", async () => {
    const { cooperative, lender, stranger, contracts, token, receivable } = scene;
    const sale = () => assign(scene, {}, cooperative, lender);
    await expect(sale()).to.be.revertedWithCustomError(token, "AccountFrozen");
    expect(await contracts.receivables.ownerOf(receivable)).to.equal(cooperative.address);
    await cooperative.parties.setPayoutAccount(stranger.address);
    await sale();
    expect(await contracts.receivables.ownerOf(receivable)).to.equal(lender.address);
  });

  it("that bought the claim is paid nothing while it is frozen: PayeeCannotReceive", async () => {
    const { cooperative, lender, facility, token } = scene;
    await act(token, "freeze", cooperative.address, false);
    await assign(scene, {}, cooperative, lender);
    // Its former order carries a loan by now, which takes nothing of it.
    const { order } = scene;
    await cooperative.facilities.drawDown(facility, order, 1_000_00n, 0n, ownAccount);
    await freeze(scene, lender.address);
    await expectRefusal(collect(), "PayeeCannotReceive", lender.address);
    expect(await debt()).to.deep.equal([owed, false]);
  });

  it("draws nothing down to an account that is frozen, and owes nothing for it", async () => {
    const { cooperative, contracts, token, facility, order } = scene;
    const draw = () => cooperative.facilities.drawDown(facility, order, 1n, 0n, ownAccount);
    await expect(draw()).to.be.revertedWithCustomError(token, "AccountFrozen");
    expect(await contracts.liens.isEncumbered(order)).to.equal(false);
  });

  it("draws down to a supplier all the same", async () => {
    const { cooperative, contracts, currency, order, stranger } = scene;
    const approvedPayees = [stranger.address];
    const terms = { number: text("F-DIRECT"), currency, approvedPayees };
    const facility = await openFacility(scene, terms);
    await cooperative.facilities.drawDown(facility, order, 1n, 0n, stranger.address);
    expect(await contracts.liens.isEncumbered(order)).to.equal(true);
  });
});
