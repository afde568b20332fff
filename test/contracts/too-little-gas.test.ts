import { expect } from "chai";
import { load, onDay } from "../support/chain.ts";
import {
  freeze,
  freezingTrade,
  refusals,
  vault,
  type FreezingTrade,
} from "../support/freezing-currency.ts";
import { expectRefusal } from "../support/refusals.ts";
import { act, ask } from "../support/test-contract.ts";

// A leg counts as failed only if it was given 150,000 gas.

/** What a transfer may burn at most and still be paid: its own work comes to it. */
const heavyWork = 100_000n;
/** What a transfer may insist on: what reaches it of the gas that a leg is given at least. */
const stated = 150_000n - 1_000n;

const much = 3_000_000n;

interface Gas {
  readonly gasLimit: bigint;
}

interface Act {
  readonly name: string;
  /** The state in which it is done: built once, come back to before every try. */
  readonly scene: () => Promise<FreezingTrade>;
  readonly doIt: (scene: FreezingTrade, gas: Gas) => Promise<unknown>;
}

const on = (
  build: () => Promise<FreezingTrade>,
  ...then: ((scene: FreezingTrade) => Promise<unknown>)[]
): (() => Promise<FreezingTrade>) => {
  return async () => {
    const scene = await build();
    await onDay(30);
    for (const step of then) await step(scene);
    return scene;
  };
};

const wants = (gas: bigint) => (scene: FreezingTrade) => act(scene.token, "wantGas", gas);
const insists = (gas: bigint) => (scene: FreezingTrade) => act(scene.token, "insistOnGas", gas);
const frozen = (who: "lender" | "cooperative") => (scene: FreezingTrade) =>
  freeze(scene, scene[who].address);
const answersFalse = (scene: FreezingTrade) => act(scene.token, "refuseBy", refusals.answersFalse);

const collect: Act["doIt"] = ({ stranger, order }, gas) =>
  stranger.receivables.collect(order, 1, gas);
const repay: Act["doIt"] = ({ cooperative, order }, gas) =>
  cooperative.facilities.repay(order, 60_000_00n, 1n, gas);

const acts: readonly Act[] = [
  { name: "a collection", scene: on(freezingTrade), doIt: collect },
  {
    name: "a collection in a currency of heavy transfers",
    scene: on(freezingTrade, wants(heavyWork)),
    doIt: collect,
  },
  {
    name: "a collection in a currency that insists on all of the gas that a leg is due",
    scene: on(freezingTrade, insists(stated)),
    doIt: collect,
  },
  {
    name: "a collection whose lender is frozen",
    scene: on(freezingTrade, wants(heavyWork), frozen("lender")),
    doIt: collect,
  },
  {
    name: "a collection whose holder is frozen",
    scene: on(freezingTrade, wants(heavyWork), frozen("cooperative"), answersFalse),
    doIt: collect,
  },
  {
    name: "a repayment in a currency that insists on all of the gas that a leg is due",
    scene: on(freezingTrade, insists(stated)),
    doIt: repay,
  },
  {
    name: "a repayment whose lender is frozen",
    scene: on(freezingTrade, wants(heavyWork), frozen("lender")),
    doIt: repay,
  },
];

/** Everything that a payment can change. */
async function outcome(scene: FreezingTrade): Promise<readonly unknown[]> {
  const { buyer, lender, cooperative, contracts, token, order } = scene;
  const accounts = [buyer.address, lender.address, vault, cooperative.address];
  const balances = accounts.map((account) => ask<bigint>(token, "balanceOf", account));
  const { outstanding, overdue } = await contracts.receivables.receivableOf(order, 1);
  const { principal, revision } = await contracts.liens.loanOf(order);
  return [...(await Promise.all(balances)), outstanding, overdue, principal, revision];
}

/** Does it with so much gas; the outcome, or nothing where it reverted. */
async function tryWith(
  { scene: build, doIt }: Act,
  gasLimit: bigint,
): Promise<readonly unknown[] | undefined> {
  const scene = await load(build);
  try {
    await doIt(scene, { gasLimit });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return undefined;
  }
  return outcome(scene);
}

/** Does it with ever more gas; the limits with which it goes through, coarsely, and finely where that begins. */
async function sweep(tried: Act): Promise<{ readonly outcomes: Set<string>; least: bigint }> {
  const outcomes = new Set<string>();
  const step = 15_000n;
  const attempt = async (gas: bigint): Promise<boolean> => {
    const told = await tryWith(tried, gas);
    if (told !== undefined) outcomes.add(told.map(String).join(" "));
    return told !== undefined;
  };
  let least = 0n;
  for (let gas = 90_000n; gas < 1_000_000n; gas += step)
    if ((await attempt(gas)) && least === 0n) least = gas;
  for (let gas = least - step; gas < least + step; gas += 251n) await attempt(gas);
  return { outcomes, least };
}

describe("However little gas a payment is sent with", () => {
  for (const tried of acts)
    it(`${tried.name} does all that it does with much, or nothing`, async () => {
      const { outcomes, least } = await sweep(tried);
      expect(least > 0n, "it goes through at all").to.equal(true);
      const full = await tryWith(tried, much);
      expect([...outcomes]).to.deep.equal([full!.map(String).join(" ")]);
    });

  it("a leg that fails for it is named: TooLittleGas", async () => {
    const scene = await load(on(freezingTrade, insists(stated)));
    const call = scene.stranger.receivables.collect.staticCall(scene.order, 1, {
      gasLimit: 240_000n,
    });
    await expectRefusal(call, "TooLittleGas", 150_000n);
  });
});
