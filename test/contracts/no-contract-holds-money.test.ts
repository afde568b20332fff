import { expect } from "chai";
import { load, readOnDay } from "../support/chain.ts";
import { acceptedOrder, despatch, store, type AcceptedOrder } from "../support/scenes.ts";
import { openingCash, type Actor } from "../support/sheaf.ts";
import { ownAccount, orderValue } from "../support/terms.ts";

describe("From order to cash", () => {
  let scene: AcceptedOrder;

  beforeEach(async () => {
    scene = await load(acceptedOrder);
  });

  async function cashOf(...actors: Actor[]): Promise<bigint[]> {
    const { deposits } = scene.contracts;
    return Promise.all(actors.map(({ address }) => deposits.balanceOf(address)));
  }

  it("no contract holds money after any act, and money in is money out", async () => {
    const { buyer, cooperative, lender, stranger, contracts } = scene;
    const { addresses, facility, order } = scene;
    let receipt = 0n;
    const acts: readonly (readonly [day: number, act: () => Promise<unknown>])[] = [
      [1, () => cooperative.facilities.drawDown(facility, order, 60_000_00n, 0n, ownAccount)],
      [5, async () => (receipt = await store(scene, order))],
      [6, () => cooperative.facilities.drawDown(facility, order, 20_000_00n, 1n, ownAccount)],
      [10, () => despatch(scene, order, 1, 8_000_000n, receipt)],
      [12, () => buyer.deliveries.accept(order, 1, receipt, 7_000_000n)],
      [13, () => despatch(scene, order, 2, 6_000_000n)],
      [14, () => buyer.deliveries.accept(order, 2, 0, 6_000_000n)],
      [20, async () => buyer.receivables.pay(order, 1, 10_000_01n, 45_500_00n)],
      [25, () => cooperative.facilities.repay(order, 5_000_00n, 3n)],
      [42, async () => stranger.receivables.collect(order, 1)],
      [44, async () => stranger.receivables.collect(order, 2)],
      [50, () => despatch(scene, order, 3, 7_000_000n)],
      [51, () => buyer.deliveries.accept(order, 3, 0, 7_000_000n)],
      [52, async () => buyer.receivables.pay(order, 3, 45_500_00n, 45_500_00n)],
    ];
    for (const [day, act] of acts) {
      await readOnDay(day);
      await act();
      for (const [name, address] of Object.entries(addresses))
        expect(await contracts.deposits.balanceOf(address), `${name} on day ${day}`).to.equal(0n);
      const cash = await cashOf(buyer, cooperative, lender);
      expect(cash.reduce((sum, balance) => sum + balance, 0n)).to.equal(3n * openingCash);
    }
    const [buyerCash, cooperativeCash, lenderCash] = await cashOf(buyer, cooperative, lender);
    expect(buyerCash).to.equal(openingCash - orderValue);
    expect(await contracts.liens.isEncumbered(order)).to.equal(false);
    const interest = lenderCash! - openingCash;
    expect(interest > 0n).to.equal(true);
    expect(cooperativeCash).to.equal(openingCash + orderValue - interest);
  });
});
