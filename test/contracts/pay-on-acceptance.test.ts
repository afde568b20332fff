import { expect } from "chai";
import { ethers, load } from "../support/chain.ts";
import {
  freeze,
  freezingTrade,
  freezingTradeWithoutDepositary,
  gainsOf,
  thaw,
  vault,
  type FreezingTrade,
} from "../support/freezing-currency.ts";
import { expectRefusal } from "../support/refusals.ts";
import { despatch, makeOrder } from "../support/scenes.ts";
import { ownAccount, text } from "../support/terms.ts";
import { act, ask } from "../support/test-contract.ts";

/** 1,000.000 kg at 6.5000. */
const amount = 6_500_00n;
/** What a collection has to be given before it may count as failed. */
const collectionGas = 900_000n;

/** A second order, paid on acceptance, with 12,000.00 lent on it and its first 1,000.000 kg on the way. */
interface CashTrade extends FreezingTrade {
  readonly cash: bigint;
}

async function payOnAcceptance(trade: () => Promise<FreezingTrade>): Promise<CashTrade> {
  const scene = await trade();
  const { cooperative, currency, facility } = scene;
  const terms = { number: text("PO-CASH"), currency, paymentDays: 0n, quantity: 10_000_000n };
  const cash = await makeOrder(scene, terms);
  // 60 % of 65,000.00 are 39,000.00, which is drawn; what is accepted and paid must be made up for at once.
  await cooperative.facilities.drawDown(facility, cash, 39_000_00n, 0n, ownAccount);
  await despatch(scene, cash, 1n, 1_000_000n);
  return { ...scene, cash };
}

const withDepositary = () => payOnAcceptance(freezingTrade);
const withoutDepositary = () => payOnAcceptance(freezingTradeWithoutDepositary);

describe("Accepting a delivery that is paid on acceptance", () => {
  let scene: CashTrade;

  beforeEach(async () => {
    scene = await load(withDepositary);
  });

  const accept = (gas: object = {}) =>
    scene.buyer.deliveries.accept(scene.cash, 1, 0, 1_000_000n, gas);

  async function debt(): Promise<readonly [outstanding: bigint, overdue: boolean]> {
    const { outstanding, overdue } = await scene.contracts.receivables.receivableOf(scene.cash, 1);
    return [outstanding, overdue];
  }

  async function gains(doIt: () => Promise<unknown>): Promise<bigint[]> {
    const { buyer, lender, cooperative } = scene;
    return gainsOf(scene, [buyer.address, lender.address, vault, cooperative.address], doIt);
  }

  it("pays it in the same transaction: the advance on it to the lender, the rest to the holder", async () => {
    expect(await gains(accept)).to.deep.equal([-amount, 3_900_00n, 0n, 2_600_00n]);
    expect(await debt()).to.deep.equal([0n, false]);
    expect((await scene.contracts.liens.loanOf(scene.cash)).principal).to.equal(35_100_00n);
  });

  it("names the buyer as the one who paid", async () => {
    const { buyer, contracts, cash } = scene;
    const receivable = await contracts.receivables.receivableId(cash, 1);
    await expect(accept())
      .to.emit(contracts.receivables, "ReceivablePaid")
      .withArgs(receivable, cash, buyer.address, amount, 3_900_00n, 2_600_00n, true);
  });

  it("pays the depositary for a lender that cannot receive", async () => {
    await freeze(scene, scene.lender.address);
    expect(await gains(accept)).to.deep.equal([-amount, 0n, 3_900_00n, 2_600_00n]);
  });

  it("pays the lender though the holder cannot receive", async () => {
    await freeze(scene, scene.cooperative.address);
    expect(await gains(accept)).to.deep.equal([-3_900_00n, 3_900_00n, 0n, 0n]);
    expect(await debt()).to.deep.equal([2_600_00n, false]);
  });

  it("takes what the buyer has, and the rest is overdue at once", async () => {
    const { buyer, token, addresses } = scene;
    await act(token, "allow", buyer.address, addresses.receivables, 4_000_00n);
    expect(await gains(accept)).to.deep.equal([-4_000_00n, 3_900_00n, 0n, 100_00n]);
    expect(await debt()).to.deep.equal([2_500_00n, true]);
  });

  it("stands though there is no mandate at all: all of it is overdue", async () => {
    const { buyer, token, addresses } = scene;
    await act(token, "allow", buyer.address, addresses.receivables, 0n);
    expect(await gains(accept)).to.deep.equal([0n, 0n, 0n, 0n]);
    expect(await debt()).to.deep.equal([amount, true]);
  });

  describe("of which nobody can be paid", () => {
    beforeEach(async () => {
      scene = await load(withoutDepositary);
      await freeze(scene, scene.lender.address);
    });

    it("stands, owed and not overdue, and anyone collects it once the lender can receive", async () => {
      const { stranger, contracts, cash, lender } = scene;
      expect(await gains(accept)).to.deep.equal([0n, 0n, 0n, 0n]);
      expect(await debt()).to.deep.equal([amount, false]);
      expect((await contracts.orders.orderById(cash)).owed).to.equal(amount);
      await expectRefusal(
        stranger.receivables.collect(cash, 1),
        "PayeeCannotReceive",
        lender.address,
      );
      await thaw(scene, lender.address);
      const collect = () => stranger.receivables.collect(cash, 1);
      expect(await gains(collect)).to.deep.equal([-amount, 3_900_00n, 0n, 2_600_00n]);
    });

    it("is refused with less gas than a collection may need: TooLittleGas", async () => {
      await expectRefusal(
        scene.buyer.deliveries.accept.staticCall(scene.cash, 1, 0, 1_000_000n, {
          gasLimit: collectionGas,
        }),
        "TooLittleGas",
        collectionGas,
      );
    });

    it("goes through by a client's own estimate of the gas", async () => {
      const { buyer, cash } = scene;
      const gasLimit = await buyer.deliveries.accept.estimateGas(cash, 1, 0, 1_000_000n);
      await accept({ gasLimit });
      expect(await debt()).to.deep.equal([amount, false]);
    });
  });

  describe("in a currency of heavy transfers, however little gas it is sent with", () => {
    const heavy = async (): Promise<CashTrade> => {
      const built = await withDepositary();
      await act(built.token, "wantGas", 100_000n);
      return built;
    };

    it("is collected as well, or does not stand", async () => {
      const outcomes = new Set<string>();
      for (let gasLimit = 150_000n; gasLimit < 1_300_000n; gasLimit += 7_001n) {
        scene = await load(heavy);
        try {
          await accept({ gasLimit });
        } catch {
          outcomes.add("refused");
          continue;
        }
        const paid = await ask<bigint>(scene.token, "balanceOf", scene.lender.address);
        outcomes.add(`${String(await debt())} ${paid}`);
      }
      scene = await load(heavy);
      await accept();
      const paid = await ask<bigint>(scene.token, "balanceOf", scene.lender.address);
      expect([...outcomes]).to.deep.equal(["refused", `0,false ${paid}`]);
    });
  });

  it("collects nothing of a payment term that is longer", async () => {
    const { buyer, contracts, currency } = scene;
    const terms = { number: text("PO-LATER"), currency, paymentDays: 1n };
    const order = await makeOrder(scene, terms);
    await despatch(scene, order, 1n, 1_000_000n);
    await buyer.deliveries.accept(order, 1, 0, 1_000_000n);
    expect((await contracts.receivables.receivableOf(order, 1)).outstanding).to.equal(amount);
    expect(await ethers.provider.getBalance(scene.addresses.receivables)).to.equal(0n);
  });
});
