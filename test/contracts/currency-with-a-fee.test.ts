import { expect } from "chai";
import { assign } from "../support/assignment.ts";
import { load, onDay } from "../support/chain.ts";
import { hostileTrade, type HostileTrade } from "../support/hostile-currency.ts";
import { expectRefusal } from "../support/refusals.ts";
import { deliver, makeOrder, owed } from "../support/scenes.ts";
import { openingCash } from "../support/sheaf.ts";
import { ownAccount, text } from "../support/terms.ts";
import { act, ask } from "../support/test-contract.ts";

// One of every hundred minor units is kept, rounded down; 50,000.00 were drawn before.

describe("A currency that keeps a fee of every transfer", () => {
  let scene: HostileTrade;

  beforeEach(async () => {
    scene = await load(hostileTrade);
    await act(scene.token, "keep", 100n);
  });

  afterEach("leaves no contract with money", async () => {
    for (const address of Object.values(scene.addresses))
      expect(await ask<bigint>(scene.token, "balanceOf", address)).to.equal(0n);
  });

  const cash = ({ address }: { readonly address: string }): Promise<bigint> =>
    ask(scene.token, "balanceOf", address);

  it("lends what the lender paid, and the fee is the borrower's loss", async () => {
    const { cooperative, lender, contracts, facility, order } = scene;
    await cooperative.facilities.drawDown(facility, order, 10_000_00n, 1n, ownAccount);
    expect((await contracts.liens.loanOf(order)).principal).to.equal(60_000_00n);
    expect((await contracts.facilities.facilityById(facility)).drawn).to.equal(60_000_00n);
    expect(await cash(lender)).to.equal(openingCash - 60_000_00n);
    expect(await cash(cooperative)).to.equal(openingCash + 50_000_00n + 9_900_00n);
  });

  it("repays what the payer paid, and the fee is the lender's loss", async () => {
    const { cooperative, lender, contracts, order } = scene;
    await cooperative.facilities.repay(order, 10_000_00n, 1n);
    expect((await contracts.liens.loanOf(order)).principal).to.equal(40_000_00n);
    expect(await cash(cooperative)).to.equal(openingCash + 40_000_00n);
    expect(await cash(lender)).to.equal(openingCash - 50_000_00n + 9_900_00n);
  });

  it("lifts the lien by what was paid, not by what arrived", async () => {
    const { cooperative, contracts, order } = scene;
    await cooperative.facilities.repay(order, 50_000_00n, 1n);
    expect(await contracts.liens.isEncumbered(order)).to.equal(false);
  });

  it("settles a receivable by what the buyer paid, collected on the due day", async () => {
    const { buyer, stranger, contracts, order } = scene;
    await onDay(30);
    await stranger.receivables.collect(order, 1);
    const { outstanding, overdue } = await contracts.receivables.receivableOf(order, 1);
    expect([outstanding, overdue]).to.deep.equal([0n, false]);
    expect(await cash(buyer)).to.equal(openingCash - owed);
  });

  it("sells a receivable for what the assignee paid, and the fee is the holder's loss", async () => {
    const { buyer, cooperative, lender, contracts, currency, order } = scene;
    const second = await makeOrder(scene, { number: text("PO-FREE"), currency });
    await deliver(scene, second, 1n, 10_000_000n);
    const before = await Promise.all([cash(lender), cash(cooperative), cash(buyer)]);
    await assign(scene, { order: second }, cooperative, lender);
    const after = await Promise.all([cash(lender), cash(cooperative), cash(buyer)]);
    expect(after.map((balance, index) => balance - before[index]!)).to.deep.equal([
      -64_000_00n,
      63_360_00n,
      0n,
    ]);
    expect((await contracts.receivables.receivableOf(second, 1)).holder).to.equal(lender.address);
    expect((await contracts.receivables.receivableOf(order, 1)).assigned).to.equal(false);
  });
});

describe("A currency that answers false", () => {
  it("sells no receivable", async () => {
    const scene = await load(hostileTrade);
    const { cooperative, lender, contracts, token, currency } = scene;
    const order = await makeOrder(scene, { number: text("PO-FREE"), currency });
    await deliver(scene, order, 1n, 10_000_000n);
    await act(token, "answerFalse", true);
    const sale = assign(scene, { order }, cooperative, lender);
    await expectRefusal(sale, "SafeERC20FailedOperation", currency);
    expect((await contracts.receivables.receivableOf(order, 1)).assigned).to.equal(false);
  });

  it("is no payee's trouble only: a payer without funds is told so", async () => {
    const { cooperative, token, order, addresses } = await load(hostileTrade);
    await act(token, "answerFalse", true);
    await act(token, "allow", cooperative.address, addresses.facilities, 1n);
    const call = cooperative.facilities.repay(order, 10_000_00n, 1n);
    await expectRefusal(call, "PayerFundsUnavailable", cooperative.address, 10_000_00n);
  });
});
