import { expect } from "chai";
import { dataSlice, id } from "ethers";
import { load, onDay } from "../support/chain.ts";
import { hostileTrade, type HostileTrade } from "../support/hostile-currency.ts";
import { expectRefusal } from "../support/refusals.ts";
import { despatch, makeOrder } from "../support/scenes.ts";
import { openingCash } from "../support/sheaf.ts";
import { ownAccount, text } from "../support/terms.ts";
import { act, ask } from "../support/test-contract.ts";

const owed = 65_000_00n;

describe("A currency that plays no fair game", () => {
  let scene: HostileTrade;

  beforeEach(async () => {
    scene = await load(hostileTrade);
  });

  afterEach("leaves no contract with money", async () => {
    for (const address of Object.values(scene.addresses))
      expect(await ask<bigint>(scene.token, "balanceOf", address)).to.equal(0n);
  });

  async function outstanding(): Promise<bigint> {
    const { contracts, order } = scene;
    return (await contracts.receivables.receivableOf(order, 1)).outstanding;
  }

  describe("and answers false instead of paying", () => {
    beforeEach(async () => {
      await act(scene.token, "answerFalse", true);
    });

    it("draws nothing down", async () => {
      const { cooperative, contracts, currency, facility, order } = scene;
      const call = cooperative.facilities.drawDown(facility, order, 1_00n, 1n, ownAccount);
      await expectRefusal(call, "SafeERC20FailedOperation", currency);
      expect((await contracts.liens.loanOf(order)).principal).to.equal(50_000_00n);
    });

    it("repays nothing, for the lender's leg has failed: PayeeCannotReceive", async () => {
      const { cooperative, lender, contracts, order } = scene;
      const call = cooperative.facilities.repay(order, 1_00n, 1n);
      await expectRefusal(call, "PayeeCannotReceive", lender.address);
      expect((await contracts.liens.loanOf(order)).revision).to.equal(1n);
    });

    it("pays and collects nothing, for the lender's leg has failed: PayeeCannotReceive", async () => {
      const { buyer, lender, stranger, order } = scene;
      await onDay(30);
      const payment = buyer.receivables.pay(order, 1, owed, owed);
      await expectRefusal(payment, "PayeeCannotReceive", lender.address);
      const collection = stranger.receivables.collect(order, 1);
      await expectRefusal(collection, "PayeeCannotReceive", lender.address);
      expect(await outstanding()).to.equal(owed);
    });

    it("does not undo an acceptance with a payment term of 0", async () => {
      const { buyer, contracts, currency } = scene;
      const order = await makeOrder(scene, { number: text("PO-0"), currency, paymentDays: 0n });
      await despatch(scene, order, 1n, 1_000_000n);
      await buyer.deliveries.accept(order, 1, 0, 1_000_000n);
      const record = await contracts.receivables.receivableOf(order, 1);
      expect([record.outstanding, record.overdue]).to.deep.equal([6_500_00n, false]);
    });
  });

  describe("and keeps a fee of every transfer", () => {
    it("is booked by what the payer paid, and the fee is the payee's loss", async () => {
      const { buyer, lender, cooperative, contracts, token, order } = scene;
      await act(token, "keep", 100n);
      await onDay(30);
      await buyer.receivables.pay(order, 1, owed, owed);
      expect(await outstanding()).to.equal(0n);
      // 11,188.33 to the lender and 53,811.67 to the cooperative, each less ⌊1 %⌋.
      const balance = (address: string): Promise<bigint> => ask(token, "balanceOf", address);
      expect(await balance(lender.address)).to.equal(openingCash - 50_000_00n + 11_076_45n);
      expect(await balance(cooperative.address)).to.equal(openingCash + 50_000_00n + 53_273_56n);
      expect((await contracts.liens.loanOf(order)).principal).to.equal(39_000_00n);
    });
  });

  describe("and calls back in the middle of a transfer", () => {
    const guarded = id("ReentrancyGuardReentrantCall()").slice(0, 10);

    async function refusal(): Promise<string> {
      const bytes = await ask<string>(scene.token, "refusal");
      return bytes === "0x" ? bytes : dataSlice(bytes, 0, 4);
    }

    it("cannot collect while a payment is under way", async () => {
      const { buyer, contracts, addresses, token, order } = scene;
      await onDay(30);
      const again = contracts.receivables.interface.encodeFunctionData("collect", [order, 1]);
      await act(token, "callBack", addresses.receivables, again);
      await buyer.receivables.pay(order, 1, 30_000_00n, owed);
      expect(await refusal()).to.equal(guarded);
      expect(await outstanding()).to.equal(35_000_00n);
    });

    it("cannot repay while a repayment is under way", async () => {
      const { cooperative, contracts, addresses, token, order } = scene;
      const again = contracts.facilities.interface.encodeFunctionData("repay", [order, 1n, 2n]);
      await act(token, "callBack", addresses.facilities, again);
      await cooperative.facilities.repay(order, 10_000_00n, 1n);
      expect(await refusal()).to.equal(guarded);
      expect((await contracts.liens.loanOf(order)).principal).to.equal(40_000_00n);
    });

    it("cannot repay while a drawdown is under way", async () => {
      const { cooperative, contracts, addresses, token, facility, order } = scene;
      const again = contracts.facilities.interface.encodeFunctionData("repay", [order, 1n, 2n]);
      await act(token, "callBack", addresses.facilities, again);
      await cooperative.facilities.drawDown(facility, order, 1_000_00n, 1n, ownAccount);
      expect(await refusal()).to.equal(guarded);
      expect((await contracts.liens.loanOf(order)).principal).to.equal(51_000_00n);
    });

    it("finds a payment booked, so that repaying the rest between its legs adds up", async () => {
      const { buyer, contracts, addresses, currency, token, facility, order } = scene;
      await act(token, "mint", currency, 39_000_00n);
      await act(token, "allow", currency, addresses.facilities, 39_000_00n);
      const rest = contracts.facilities.interface.encodeFunctionData("repay", [
        order,
        39_000_00n,
        2n,
      ]);
      await act(token, "callBack", addresses.facilities, rest);
      await buyer.receivables.pay(order, 1, owed, owed);
      expect(await refusal()).to.equal("0x");
      expect(await contracts.liens.isEncumbered(order)).to.equal(false);
      expect((await contracts.facilities.facilityById(facility)).drawn).to.equal(0n);
      expect(await outstanding()).to.equal(0n);
    });

    it("finds a drawdown booked, so that collecting in the middle of it adds up", async () => {
      const { cooperative, contracts, addresses, token, facility, order } = scene;
      await onDay(29);
      await cooperative.facilities.repay(order, 1n, 1n);
      const collection = contracts.receivables.interface.encodeFunctionData("collect", [order, 1]);
      await act(token, "callBack", addresses.receivables, collection);
      await onDay(30);
      await cooperative.facilities.drawDown(facility, order, 10_000_00n, 2n, ownAccount);
      expect(await refusal()).to.equal("0x");
      const { principal, revision } = await contracts.liens.loanOf(order);
      expect([principal, revision]).to.deep.equal([39_000_00n, 4n]);
      expect((await contracts.facilities.facilityById(facility)).drawn).to.equal(39_000_00n);
    });
  });
});
