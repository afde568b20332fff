import { expect } from "chai";
import { load, onDay, readOnDay } from "../support/chain.ts";
import { freeze, freezingTrade, vault, type FreezingTrade } from "../support/freezing-currency.ts";
import { despatch, makeOrder, owed, store } from "../support/scenes.ts";
import { openingCash, roles, type Actor } from "../support/sheaf.ts";
import { orderTerms, ownAccount, text } from "../support/terms.ts";
import { act, ask } from "../support/test-contract.ts";

// Property 8: whatever is paused, expired, suspended or broken elsewhere, the borrower can repay, and what is settled can
// be released.

/** 50,000.00 lent, 65,000.00 owed from day 30, and 8,000.000 kg in store for the rest; the lender has a depositary. */
interface Bound extends FreezingTrade {
  readonly receipt: bigint;
}

async function boundTrade(): Promise<Bound> {
  const scene = await freezingTrade();
  return { ...scene, receipt: await store(scene, scene.order) };
}

interface Trouble {
  readonly name: string;
  /** The day on which the borrower sets about it. */
  readonly day?: number;
  /** Brings the trouble about; who signs for the cooperative from then on, if that changes. */
  readonly bring?: (scene: Bound) => Promise<Actor | undefined>;
  /** Done before the receivable can be collected: the debtor's part, or the calendar's. */
  readonly beforeCollecting?: (scene: Bound) => Promise<void>;
}

const nothing = undefined;

function suspended(...who: readonly (keyof Bound)[]): (scene: Bound) => Promise<undefined> {
  return async (scene) => {
    for (const name of who)
      await scene.admin.parties.setSuspended((scene[name] as Actor).address, true);
    return nothing;
  };
}

async function fund({ token, addresses }: Bound, { address }: Actor): Promise<void> {
  await act(token, "mint", address, openingCash);
  for (const spender of [addresses.receivables, addresses.facilities])
    await act(token, "allow", address, spender, openingCash);
}

async function replaceKey({ admin }: Bound, party: Actor, key: Actor): Promise<void> {
  await admin.parties.proposeKey(party.address, key.address);
  await onDay(2);
  await admin.parties.replaceKey(party.address);
}

async function mandate({ token, addresses }: Bound, key: Actor, amount: bigint): Promise<void> {
  await act(token, "allow", key.address, addresses.receivables, amount);
}

const parties = ["buyer", "cooperative", "warehouse", "lender", "arbiter"] as const;

const troubles: readonly Trouble[] = [
  { name: "nothing is wrong" },
  ...parties.map((who) => ({ name: `the ${who} is suspended`, bring: suspended(who) })),
  { name: "everybody is suspended", bring: suspended(...parties, "depositary") },
  {
    name: "originating is paused",
    bring: async ({ admin }) => {
      await admin.parties.setPaused(true);
      return nothing;
    },
  },
  {
    name: "the deployment is retired",
    bring: async ({ admin }) => {
      await admin.parties.retire();
      return nothing;
    },
  },
  {
    name: "the facility is suspended",
    bring: async ({ lender, facility }) => {
      await lender.facilities.suspend(facility);
      return nothing;
    },
  },
  {
    name: "the facility is closed, and its limit nothing",
    bring: async ({ lender, facility }) => {
      await lender.facilities.lowerLimit(facility, 0n);
      await lender.facilities.close(facility);
      return nothing;
    },
  },
  { name: "the facility has expired", day: 361 },
  { name: "the loan is past its maturity", day: 91 },
  {
    name: "the loan is in default, and written off",
    day: 97,
    bring: async ({ lender, order }) => {
      await onDay(96);
      await lender.facilities.declareDefault(order);
      await lender.facilities.writeOff(order);
      return nothing;
    },
  },
  {
    name: "another root of the facility is in default",
    day: 97,
    bring: async (scene) => {
      const { cooperative, lender, facility, currency } = scene;
      const other = await makeOrder(scene, { number: text("PO-BAD"), currency });
      await cooperative.facilities.drawDown(facility, other, 1_000_00n, 0n, ownAccount);
      await onDay(96);
      await lender.facilities.declareDefault(other);
      return nothing;
    },
  },
  {
    name: "the debtor is overdue",
    bring: async (scene) => {
      await mandate(scene, scene.buyer, 20_000_00n);
      await onDay(30);
      await scene.stranger.receivables.collect(scene.order, 1);
      return nothing;
    },
    beforeCollecting: (scene) => mandate(scene, scene.buyer, openingCash),
  },
  {
    name: "the order has lapsed",
    day: 101,
    bring: async ({ buyer, order }) => {
      await onDay(91);
      await buyer.orders.lapse(order);
      return nothing;
    },
  },
  {
    name: "a delivery was accepted by silence",
    day: 36,
    bring: async (scene) => {
      const { stranger, order, receipt } = scene;
      await despatch(scene, order, 2n, 1_000_000n, receipt);
      await onDay(5);
      await stranger.deliveries.deemAccepted(order, 2, receipt);
      return nothing;
    },
  },
  {
    name: "the debtor contests, and nobody rules",
    day: 32,
    bring: async ({ buyer, order }) => {
      await buyer.receivables.contest(order, 1, 5_000_00n);
      return nothing;
    },
  },
  {
    name: "the debtor contests all of it, and the arbiter upholds a part",
    bring: async (scene) => {
      await scene.buyer.receivables.contest(scene.order, 1, owed);
      const terms = orderTerms(scene, { number: text("PO-FRZ"), currency: scene.currency });
      await scene.arbiter.receivables.rule(scene.order, 1, 1_000_00n, terms);
      return nothing;
    },
  },
  {
    name: "the buyer's key was replaced, and the new one has not given a mandate yet",
    bring: async (scene) => {
      await replaceKey(scene, scene.buyer, scene.stranger);
      await onDay(30);
      await scene.stranger.receivables.collect(scene.order, 1);
      return nothing;
    },
    beforeCollecting: (scene) => fund(scene, scene.stranger),
  },
  {
    name: "the cooperative's key was replaced",
    bring: async (scene) => {
      await replaceKey(scene, scene.cooperative, scene.stranger);
      await fund(scene, scene.stranger);
      return scene.stranger;
    },
  },
  {
    name: "the lender's key was replaced",
    bring: async (scene) => {
      await replaceKey(scene, scene.lender, scene.stranger);
      return nothing;
    },
  },
  {
    name: "nobody has the role any more that it had",
    bring: async ({ admin, buyer, cooperative, warehouse, lender }) => {
      for (const { address } of [buyer, cooperative, warehouse, lender])
        await admin.parties.setRoles(address, roles.arbiter);
      return nothing;
    },
  },
  {
    name: "the warehouse has no capacity left",
    bring: async ({ admin, warehouse }) => {
      await admin.receipts.setCapacity(warehouse.address, 0n);
      return nothing;
    },
  },
  {
    name: "the warehouse has lost goods",
    bring: async ({ warehouse, receipt }) => {
      await warehouse.receipts.shrink(receipt, 3_000_000n);
      return nothing;
    },
  },
  {
    name: "the lender cannot receive",
    bring: async (scene) => {
      await freeze(scene, scene.lender.address);
      return nothing;
    },
  },
  {
    name: "the lender cannot receive, and lends no more",
    bring: async (scene) => {
      const { lender, token, addresses } = scene;
      await freeze(scene, lender.address);
      await act(token, "allow", lender.address, addresses.facilities, 0n);
      return suspended("lender", "depositary")(scene);
    },
  },
];

/** Repays all that is due. */
async function repay({ contracts, order }: Bound, by: Actor): Promise<void> {
  const { revision, principal } = await contracts.liens.loanOf(order);
  if (principal !== 0n) await by.facilities.repay(order, 2n ** 64n - 1n, revision);
}

/** Takes the goods out of the order, and out of the warehouse. */
async function release({ contracts, receipt }: Bound, by: Actor): Promise<void> {
  await by.receipts.unearmark(receipt);
  const { quantity } = await contracts.receipts.receiptById(receipt);
  await by.receipts.withdraw(receipt, quantity);
}

async function collectAll(scene: Bound, { beforeCollecting }: Trouble): Promise<void> {
  const { admin, contracts, order } = scene;
  await beforeCollecting?.(scene);
  const { deliveries } = await contracts.orders.orderById(order);
  for (let number = 1n; number <= deliveries; number += 1n)
    await admin.receivables.collect(order, number);
}

describe("The borrower repays, and releases what is settled,", () => {
  for (const trouble of troubles) {
    async function begin(): Promise<readonly [Bound, Actor]> {
      const scene = await load(boundTrade);
      const by = (await trouble.bring?.(scene)) ?? scene.cooperative;
      if (trouble.day !== undefined || !(await isDue())) await readOnDay(trouble.day ?? 30);
      return [scene, by];

      async function isDue(): Promise<boolean> {
        const block = await scene.admin.signer.provider?.getBlock("latest");
        const { dueDay } = await scene.contracts.receivables.receivableOf(scene.order, 1);
        return BigInt(Math.floor((block!.timestamp + 8 * 3600) / 86_400)) >= dueDay;
      }
    }

    async function expectFree({ contracts, token, addresses, ...scene }: Bound): Promise<void> {
      const { order, receipt, facility } = scene;
      expect(await contracts.liens.isEncumbered(order)).to.equal(false);
      const { stored, owed: counted, overdueCount } = await contracts.orders.orderById(order);
      expect([stored, counted, overdueCount]).to.deep.equal([0n, 0n, 0n]);
      expect((await contracts.receipts.receiptById(receipt)).quantity).to.equal(0n);
      expect((await contracts.receivables.receivableOf(order, 1)).outstanding).to.equal(0n);
      const { drawn } = await contracts.facilities.facilityById(facility);
      expect(drawn).to.equal(trouble.name.startsWith("another root") ? 1_000_00n : 0n);
      for (const address of Object.values(addresses))
        expect(await ask<bigint>(token, "balanceOf", address)).to.equal(0n);
    }

    describe(`though ${trouble.name}:`, () => {
      it("it repays, takes its goods, and collects", async () => {
        const [scene, by] = await begin();
        await repay(scene, by);
        await release(scene, by);
        await collectAll(scene, trouble);
        await expectFree(scene);
      });

      it("it collects, repays what is left, and takes its goods", async () => {
        const [scene, by] = await begin();
        await collectAll(scene, trouble);
        await repay(scene, by);
        await release(scene, by);
        await expectFree(scene);
      });

      it("anybody repays for it", async () => {
        const [scene] = await begin();
        await fund(scene, scene.otherArbiter);
        await repay(scene, scene.otherArbiter);
        expect(await scene.contracts.liens.isEncumbered(scene.order)).to.equal(false);
      });
    });
  }

  it("to the depositary's account where the lender cannot receive", async () => {
    const scene = await load(boundTrade);
    await freeze(scene, scene.lender.address);
    await onDay(30);
    await repay(scene, scene.cooperative);
    expect(await ask<bigint>(scene.token, "balanceOf", vault)).to.equal(50_188_33n);
  });
});
