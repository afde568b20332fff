import type { ContractTransactionResponse } from "ethers";
import { Acts } from "./acts.ts";
import { assembleCast, type Cast, type Directory } from "./cast.ts";
import { measure, type Measured } from "./measure.ts";

/** The eight acts of a financed life, from the order to the loan's end. */
export const financedLife = [
  "issueOrder",
  "acceptOrder",
  "drawDown",
  "issueReceipt",
  "earmark",
  "despatch",
  "acceptDelivery",
  "settleWithLoan",
] as const;

const others = [
  "issueOrderInBatchOf100",
  "unearmark",
  "split",
  "withdraw",
  "repay",
  "payWithoutLoan",
  "openFacility",
  "anchor",
] as const;

export const operations = [...financedLife, ...others] as const;
export type Operation = (typeof operations)[number];

export const batchSize = 100;

/** Orders, by number: two of the season so far, the one that is measured, and the first of the batch. */
const financed = 1;
const unfinanced = 2;
const life = 3;
const batch = 1000;
/** Receipts: one earmarked, one free, and the one that is measured. */
const earmarked = 1;
const free = 2;
const stored = 3;
const facility = 1;
const dueAfterDays = 30;

type Play = (acts: Acts, cast: Cast) => Promise<ContractTransactionResponse>;

/** In the order in which they are played: each finds the state that those before it left. */
const plays: Readonly<Record<Operation, Play>> = {
  issueOrder: (acts) => acts.issueOrder(life),
  acceptOrder: (acts) => acts.acceptOrder(life),
  drawDown: (acts) => acts.drawDown(facility, life, 50_000_00n),
  issueReceipt: (acts) => acts.issueReceipt(stored, 12_000_000n),
  earmark: (acts) => acts.earmark(stored, life),
  despatch: (acts) => acts.despatch(life, 1, stored, 10_000_000n),
  acceptDelivery: (acts) => acts.acceptDelivery(life, 1, stored, 10_000_000n),
  settleWithLoan: async (acts, cast) => {
    await cast.onDay(dueAfterDays);
    return acts.collect(life, 1);
  },
  issueOrderInBatchOf100: (acts) => acts.issueOrders(batch, batchSize),
  unearmark: (acts) => acts.unearmark(earmarked),
  split: (acts) => acts.split(free, 1_000_000n, 1),
  withdraw: (acts) => acts.withdraw(free, 1_000_000n),
  repay: (acts) => acts.repay(financed, 10_000_00n),
  payWithoutLoan: (acts) => acts.pay(unfinanced, 1),
  openFacility: (acts) => acts.openFacility(facility + 1),
  anchor: (acts) => acts.anchor(2),
};

/**
 * Plays every operation once, in a season that is under way, and hands each to `onMeasured`. Those after `last` are
 * left out.
 */
export async function measureOperations(
  onMeasured: (operation: Operation, measured: Measured, directory: Directory) => void,
  last?: Operation,
): Promise<void> {
  const cast = await assembleCast();
  try {
    const acts = new Acts(cast);
    await playSeasonSoFar(acts, cast);
    for (const operation of operations) {
      const measured = await measure(cast, await plays[operation](acts, cast));
      onMeasured(operation, measured, cast.directory);
      if (operation === last) return;
    }
  } finally {
    await cast.close();
  }
}

/** So that no counter, balance or limit is written for the first time when it is measured. */
async function playSeasonSoFar(acts: Acts, cast: Cast): Promise<void> {
  await cast.onDay(0);
  await acts.openFacility(facility);
  for (const order of [financed, unfinanced]) {
    await acts.issueOrder(order);
    await acts.acceptOrder(order);
  }
  await acts.drawDown(facility, financed, 40_000_00n);
  for (const receipt of [earmarked, free]) await acts.issueReceipt(receipt, 9_000_000n);
  await acts.earmark(earmarked, unfinanced);
  await acts.despatch(unfinanced, 1, earmarked, 5_000_000n);
  await acts.acceptDelivery(unfinanced, 1, earmarked, 5_000_000n);
  await acts.anchor(1);
}
