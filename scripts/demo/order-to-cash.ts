import type { Cash, Stage } from "./stage.ts";

/** A step of the story: on a day counted from its first, somebody does something. */
export interface DemoStep {
  readonly day: number;
  readonly says: string;
  readonly act: (stage: Stage) => Promise<void>;
}

/**
 * The main job: an advance on the order, more once goods are in store, part deliveries, payment at 30 days; the loan is
 * repaid first, by the buyer's own payments, and the rest is the cooperative's.
 */
export const orderToCash: readonly DemoStep[] = [
  {
    day: 0,
    says: "The lender opens a facility of 500,000.00 for this cooperative and this buyer's orders",
    act: (stage) => stage.openFacility(),
  },
  {
    day: 0,
    says: "The buyer orders 20,000 kg of rice at 6.50: 130,000.00",
    act: (stage) => stage.claim.issue(),
  },
  {
    day: 0,
    says: "The cooperative accepts; the order is now a claim that can carry a loan",
    act: (stage) => stage.claim.accept(),
  },
  {
    day: 1,
    says: "The cooperative draws 78,000.00, 60 % of the order; the lien is on it from here on",
    act: (stage) => stage.drawDown(7_800_000n),
  },
  {
    day: 19,
    says: "The warehouse weighs in 12,000 kg and issues a receipt",
    act: (stage) => stage.claim.weighIn("W-1", 12_000_000n),
  },
  {
    day: 19,
    says: "The cooperative earmarks the receipt for the order: stored goods carry 70 %",
    act: (stage) => stage.claim.earmark("W-1"),
  },
  {
    day: 19,
    says: "The cooperative draws 7,800.00 more on what is in store",
    act: (stage) => stage.drawDown(780_000n),
  },
  {
    day: 33,
    says: "The cooperative despatches the 12,000 kg from the warehouse",
    act: (stage) => stage.claim.despatch(1, 12_000_000n, stage.timeOf(34, "18:00:00"), "W-1"),
  },
  {
    day: 34,
    says: "The buyer accepts 11,800 kg of it and owes 76,700.00 in 30 days",
    act: (stage) => stage.claim.acceptDelivery(1, 11_800_000n),
  },
  {
    day: 36,
    says: "The 200 kg that were not accepted come back to the warehouse, still earmarked",
    act: (stage) => stage.claim.weighIn("W-2", 200_000n, 1),
  },
  {
    day: 49,
    says: "The cooperative despatches the 200 kg again, sorted",
    act: (stage) => stage.claim.despatch(2, 200_000n, stage.timeOf(49, "18:00:00"), "W-2"),
  },
  {
    day: 49,
    says: "The buyer accepts them: 1,300.00 more",
    act: (stage) => stage.claim.acceptDelivery(2, 200_000n),
  },
  {
    day: 49,
    says: "The cooperative despatches the last 8,000 kg straight from the field",
    act: (stage) => stage.claim.despatch(3, 8_000_000n, stage.timeOf(49, "18:00:00")),
  },
  {
    day: 49,
    says: "The buyer accepts them: 52,000.00 more, and the order is fulfilled",
    act: (stage) => stage.claim.acceptDelivery(3, 8_000_000n),
  },
  {
    day: 64,
    says: "The first 76,700.00 are due and are collected; all of it goes to the lender",
    act: (stage) => stage.claim.collect(1),
  },
  {
    day: 79,
    says: "The next 1,300.00 are collected, for the lender as well",
    act: (stage) => stage.claim.collect(2),
  },
  {
    day: 79,
    says: "The last 52,000.00 are collected: the loan ends, and the rest is the cooperative's",
    act: (stage) => stage.claim.collect(3),
  },
];

/** What the parties have to hold in the end, minor units. */
export const closingCash: Cash = {
  buyer: 7_000_000n,
  cooperative: 12_932_057n,
  lender: 50_067_943n,
};
