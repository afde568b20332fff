import { expect } from "chai";
import { ethers, load, onDay } from "../support/chain.ts";
import { expectRefusal } from "../support/refusals.ts";
import { financedReceivable, owed, owedOrder, type OwedOrder } from "../support/scenes.ts";

describe("Paying a receivable", () => {
  let scene: OwedOrder;

  beforeEach(async () => {
    scene = await load(owedOrder);
  });

  async function record(): Promise<readonly [outstanding: bigint, overdue: boolean]> {
    const { outstanding, overdue } = await scene.contracts.receivables.receivableOf(scene.order, 1);
    return [outstanding, overdue];
  }

  it("early and in full pays the holder", async () => {
    const { buyer, cooperative, contracts, order, receivable } = scene;
    const call = buyer.receivables.pay(order, 1, owed, owed);
    await expect(call).to.changeTokenBalances(
      ethers,
      contracts.deposits,
      [buyer.address, cooperative.address],
      [-owed, owed],
    );
    await expect(call)
      .to.emit(contracts.receivables, "ReceivablePaid")
      .withArgs(receivable, order, buyer.address, owed, 0n, owed, false);
    expect(await record()).to.deep.equal([0n, false]);
  });

  it("early and in part leaves a rest that is not overdue", async () => {
    const { buyer, contracts, order } = scene;
    await buyer.receivables.pay(order, 1, 1n, owed);
    expect(await record()).to.deep.equal([owed - 1n, false]);
    expect((await contracts.orders.orderById(order)).owed).to.equal(owed - 1n);
  });

  it("in part on the day before it is due leaves a rest that is not overdue", async () => {
    const { buyer, order } = scene;
    await onDay(29);
    await buyer.receivables.pay(order, 1, 1n, owed);
    expect(await record()).to.deep.equal([owed - 1n, false]);
  });

  it("in part on the due day leaves a rest that is overdue", async () => {
    const { buyer, contracts, order, receivable } = scene;
    await onDay(30);
    await expect(buyer.receivables.pay(order, 1, 1n, owed))
      .to.emit(contracts.receivables, "ReceivableOverdue")
      .withArgs(receivable, order);
    expect(await record()).to.deep.equal([owed - 1n, true]);
    await buyer.receivables.pay(order, 1, owed - 1n, owed - 1n);
    expect(await record()).to.deep.equal([0n, false]);
  });

  it("is refused for what does not exist: NoReceivable", async () => {
    const { buyer, contracts } = scene;
    const none = await contracts.receivables.receivableId(7n, 1);
    await expectRefusal(buyer.receivables.pay(7n, 1, 1n, 1n), "NoReceivable", none);
  });

  it("is refused to anyone but the debtor, before StaleState: NotPermitted", async () => {
    const { otherBuyer, cooperative, order } = scene;
    for (const other of [otherBuyer, cooperative])
      await expectRefusal(other.receivables.pay(order, 1, 1n, 7n), "NotPermitted", other.address);
  });

  it("is refused a second time, though there would be enough to pay: StaleState", async () => {
    const { buyer, order } = scene;
    await buyer.receivables.pay(order, 1, 30_000_00n, owed);
    const again = buyer.receivables.pay(order, 1, 30_000_00n, owed);
    await expectRefusal(again, "StaleState", owed, 35_000_00n);
  });

  it("is refused after a collection that came first: StaleState", async () => {
    const { buyer, stranger, order } = scene;
    await onDay(30);
    await stranger.receivables.collect(order, 1);
    await expectRefusal(buyer.receivables.pay(order, 1, owed, owed), "StaleState", owed, 0n);
  });

  it("of nothing is refused: StaleState before ZeroAmount", async () => {
    const { buyer, order } = scene;
    await expectRefusal(buyer.receivables.pay(order, 1, 0n, 1n), "StaleState", 1n, owed);
    await expectRefusal(buyer.receivables.pay(order, 1, 0n, owed), "ZeroAmount");
  });

  it("beyond what is owed is refused: Overpayment", async () => {
    const { buyer, order } = scene;
    const call = buyer.receivables.pay(order, 1, owed + 1n, owed);
    await expectRefusal(call, "Overpayment", owed + 1n, owed);
  });

  it("beyond what is uncontested is refused: Overpayment", async () => {
    const { buyer, order } = scene;
    await buyer.receivables.contest(order, 1, 5_000_00n);
    const call = buyer.receivables.pay(order, 1, 60_000_01n, owed);
    await expectRefusal(call, "Overpayment", 60_000_01n, 60_000_00n);
  });

  it("without the money is refused after Overpayment: PayerFundsUnavailable", async () => {
    const { buyer, lender, contracts, order } = scene;
    await buyer.deposits.transfer(
      lender.address,
      await contracts.deposits.balanceOf(buyer.address),
    );
    const over = buyer.receivables.pay(order, 1, owed + 1n, owed);
    await expectRefusal(over, "Overpayment", owed + 1n, owed);
    const call = buyer.receivables.pay(order, 1, owed, owed);
    await expectRefusal(call, "PayerFundsUnavailable", buyer.address, owed);
  });

  it("without an approval is refused: PayerFundsUnavailable", async () => {
    const { buyer, addresses, order } = scene;
    await buyer.deposits.approve(addresses.receivables, 1n);
    const call = buyer.receivables.pay(order, 1, owed, owed);
    await expectRefusal(call, "PayerFundsUnavailable", buyer.address, owed);
  });

  it("goes on while originating is paused and every party suspended", async () => {
    const { admin, buyer, cooperative, order } = scene;
    await admin.parties.setPaused(true);
    for (const { address } of [buyer, cooperative]) await admin.parties.setSuspended(address, true);
    await buyer.receivables.pay(order, 1, owed, owed);
    expect(await record()).to.deep.equal([0n, false]);
  });
});

describe("Paying a receivable whose root carries a loan", () => {
  let scene: OwedOrder;

  beforeEach(async () => {
    scene = await load(financedReceivable);
  });

  it("in part pays the holder alone as long as the base carries the loan", async () => {
    const { buyer, cooperative, lender, contracts, order } = scene;
    // 39,000.00 still to deliver, and 85 % of the 12,941.18 left of the receivable, carry 50,000.00.
    await expect(buyer.receivables.pay(order, 1, 52_058_82n, owed)).to.changeTokenBalances(
      ethers,
      contracts.deposits,
      [lender.address, cooperative.address],
      [0n, 52_058_82n],
    );
    const call = buyer.receivables.pay(order, 1, 1_000_00n, 12_941_18n);
    await expect(call).to.changeTokenBalances(
      ethers,
      contracts.deposits,
      [lender.address, cooperative.address],
      [850_00n, 150_00n],
    );
  });

  it("books the interest of the day it is paid", async () => {
    const { buyer, contracts, facility, order } = scene;
    await onDay(10);
    await expect(buyer.receivables.pay(order, 1, owed, owed))
      .to.emit(contracts.facilities, "LoanSettled")
      .withArgs(facility, order, 62_78n, 11_000_00n, 39_000_00n);
    expect(await contracts.quotes.interestDue(order)).to.equal(0n);
  });
});
