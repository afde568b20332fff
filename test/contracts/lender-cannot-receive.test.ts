import { expect } from "chai";
import { load, onDay } from "../support/chain.ts";
import {
  freeze,
  freezingTrade,
  freezingTradeWithoutDepositary,
  gainsOf,
  refusals,
  thaw,
  vault,
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

interface Books {
  readonly outstanding: bigint;
  readonly overdue: boolean;
  readonly owed: bigint;
  readonly overdueCount: bigint;
  readonly principal: bigint;
  readonly revision: bigint;
}

async function books(): Promise<Books> {
  const { contracts, order } = scene;
  const { outstanding, overdue } = await contracts.receivables.receivableOf(order, 1);
  const { owed: counted, overdueCount } = await contracts.orders.orderById(order);
  const { principal, revision } = await contracts.liens.loanOf(order);
  return { outstanding, overdue, owed: counted, overdueCount, principal, revision };
}

const untouched = {
  outstanding: owed,
  overdue: false,
  owed,
  overdueCount: 0n,
  principal: 50_000_00n,
  revision: 1n,
};

async function gains(doIt: () => Promise<unknown>): Promise<bigint[]> {
  const { buyer, lender, cooperative } = scene;
  const accounts = [buyer.address, lender.address, vault, cooperative.address];
  return gainsOf(scene, accounts, doIt);
}

const collect = () => scene.stranger.receivables.collect(scene.order, 1);

describe("A lender whose account cannot receive", () => {
  beforeEach(async () => {
    scene = await load(freezingTrade);
    await freeze(scene, scene.lender.address);
    await onDay(30);
  });

  for (const [how, refusal] of Object.entries(refusals).slice(0, 2))
    it(`has its part paid to its depositary, to the minor unit, where the currency ${how}`, async () => {
      await act(scene.token, "refuseBy", refusal);
      expect(await gains(collect)).to.deep.equal([-owed, 0n, lendersPart, holdersPart]);
      expect(await books()).to.deep.equal({
        ...untouched,
        outstanding: 0n,
        owed: 0n,
        principal: 39_000_00n,
        revision: 2n,
      });
    });

  it("has it told: PaidToDepositary, and the payment as any other", async () => {
    const { contracts, facility, lender, order, receivable, stranger } = scene;
    const call = collect();
    await expect(call)
      .to.emit(contracts.facilities, "PaidToDepositary")
      .withArgs(facility, order, lender.address, vault, lendersPart);
    await expect(call)
      .to.emit(contracts.receivables, "ReceivablePaid")
      .withArgs(receivable, order, stranger.address, owed, lendersPart, holdersPart, true);
    await expect(call)
      .to.emit(contracts.facilities, "LoanSettled")
      .withArgs(facility, order, 188_33n, 11_000_00n, 39_000_00n);
  });

  it("has it from the buyer's own payment likewise", async () => {
    const pay = () => scene.buyer.receivables.pay(scene.order, 1, owed, owed);
    expect(await gains(pay)).to.deep.equal([-owed, 0n, lendersPart, holdersPart]);
  });

  it("is repaid to its depositary, and the lien is lifted", async () => {
    const { cooperative, contracts, facility, lender, order } = scene;
    const repay = () => cooperative.facilities.repay(order, 60_000_00n, 1n);
    expect(await gains(repay)).to.deep.equal([0n, 0n, 50_188_33n, -50_188_33n]);
    expect(await contracts.liens.isEncumbered(order)).to.equal(false);
    const filter = contracts.facilities.filters.PaidToDepositary(facility);
    const [told] = await contracts.facilities.queryFilter(filter);
    expect(told?.args.slice(1)).to.deep.equal([order, lender.address, vault, 50_188_33n]);
  });

  it("names another payee account, and is paid there", async () => {
    const { lender, facility, depositary } = scene;
    await lender.facilities.setPayee(facility, depositary.address);
    const accounts = [scene.buyer.address, depositary.address, vault, scene.cooperative.address];
    expect(await gainsOf(scene, accounts, collect)).to.deep.equal([
      -owed,
      lendersPart,
      0n,
      holdersPart,
    ]);
  });

  it("is paid itself again once its account is free", async () => {
    await thaw(scene, scene.lender.address);
    expect(await gains(collect)).to.deep.equal([-owed, lendersPart, 0n, holdersPart]);
  });

  it("goes to where its depositary is paid now", async () => {
    const { depositary, stranger } = scene;
    await depositary.parties.setPayoutAccount(stranger.address);
    const [gained] = await gainsOf(scene, [stranger.address], collect);
    expect(gained).to.equal(lendersPart);
  });

  it("goes to the depositary that administration put in the other's place", async () => {
    const { admin, facility, otherLender } = scene;
    await admin.facilities.setDepositary(facility, otherLender.address);
    const [gained] = await gainsOf(scene, [otherLender.address], collect);
    expect(gained).to.equal(lendersPart);
  });

  it("does not keep its depositary from it though both are suspended", async () => {
    const { admin, lender, depositary } = scene;
    for (const { address } of [lender, depositary]) await admin.parties.setSuspended(address, true);
    expect(await gains(collect)).to.deep.equal([-owed, 0n, lendersPart, holdersPart]);
  });

  it("shares nothing of it with a holder that cannot receive either", async () => {
    await freeze(scene, scene.cooperative.address);
    expect(await gains(collect)).to.deep.equal([-lendersPart, 0n, lendersPart, 0n]);
    expect((await books()).outstanding).to.equal(holdersPart);
  });

  it("cannot be paid to its depositary by a payer without funds: PayerFundsUnavailable", async () => {
    const { cooperative, order, token, addresses } = scene;
    await act(token, "allow", cooperative.address, addresses.facilities, 99n);
    const call = cooperative.facilities.repay(order, 1_00n, 1n);
    await expectRefusal(call, "PayerFundsUnavailable", cooperative.address, 1_00n);
  });
});

describe("A lender whose account and depositary cannot receive", () => {
  for (const [which, build] of [
    ["is frozen as well", freezingTrade],
    ["does not exist", freezingTradeWithoutDepositary],
  ] as const)
    describe(`for the depositary ${which}`, () => {
      beforeEach(async () => {
        scene = await load(build);
        await freeze(scene, scene.lender.address);
        await freeze(scene, vault);
        await onDay(30);
      });

      it("has the whole payment refused, collected or paid: PayeeCannotReceive", async () => {
        const { buyer, lender, order } = scene;
        for (const call of [collect, () => buyer.receivables.pay(order, 1, owed, owed)])
          expect(
            await gains(() => expectRefusal(call(), "PayeeCannotReceive", lender.address)),
          ).to.deep.equal([0n, 0n, 0n, 0n]);
        expect(await books()).to.deep.equal(untouched);
      });

      it("has the whole payment refused though the buyer's funds are short, too", async () => {
        const { buyer, lender, token, addresses } = scene;
        await act(token, "allow", buyer.address, addresses.receivables, 20_000_00n);
        await expectRefusal(collect(), "PayeeCannotReceive", lender.address);
        expect(await books()).to.deep.equal(untouched);
      });

      it("is not repaid, until it names another account: PayeeCannotReceive", async () => {
        const { cooperative, contracts, lender, facility, order, depositary } = scene;
        const repay = () => cooperative.facilities.repay(order, 60_000_00n, 1n);
        await expectRefusal(repay(), "PayeeCannotReceive", lender.address);
        expect(await books()).to.deep.equal(untouched);
        await lender.facilities.setPayee(facility, depositary.address);
        await repay();
        expect(await contracts.liens.isEncumbered(order)).to.equal(false);
      });

      it("is paid once administration has named a depositary that can", async () => {
        const { admin, facility, otherLender } = scene;
        await admin.facilities.setDepositary(facility, otherLender.address);
        const [gained] = await gainsOf(scene, [otherLender.address], collect);
        expect(gained).to.equal(lendersPart);
      });

      it("blocks no other root: not one without a loan, not one of another lender", async () => {
        const { otherLender, cooperative, contracts, currency } = scene;
        for (const [line, lent] of [
          [2n, false],
          [3n, true],
        ] as const) {
          const order = await makeOrder(scene, { number: text("PO-FRZ"), line, currency });
          if (lent) {
            const terms = { number: text("F-2"), currency, payee: otherLender.address };
            const facility = await openFacility(scene, terms, otherLender);
            await cooperative.facilities.drawDown(facility, order, 1_000_00n, 0n, ownAccount);
          }
          await deliver(scene, order, 1n, 1_000_000n);
          await scene.buyer.receivables.pay(order, 1, 6_500_00n, 6_500_00n);
          expect((await contracts.receivables.receivableOf(order, 1)).outstanding).to.equal(0n);
        }
      });
    });
});
