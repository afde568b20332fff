import type { FacilityOffer } from "../api/terms.ts";

/** What the parties have in the beginning, minor units. */
export const openingCash = { buyer: 20_000_000n, lender: 50_000_000n } as const;

/** 20,000 kg of rice at 6.50, due 60 days after the order, paid 30 days after acceptance. */
export const order = {
  number: "DEMO-1",
  line: 1,
  itemCode: "JAPONICA-RICE",
  unit: "KGM",
  quantity: 20_000_000n,
  unitPrice: 65_000n,
  deliverByDay: 60,
  paymentDays: 30,
  inspectionDays: 3,
} as const;

/** 60 % on the order, 70 % on goods in store, 85 % on money owed; the lender is made whole first. */
export const facility: FacilityOffer = {
  limit: 50_000_000n,
  orderAdvanceBps: 6000,
  storedAdvanceBps: 7000,
  acceptedAdvanceBps: 8500,
  rateBps: 452,
  penaltyRateBps: 678,
  dayBasis: 360,
  tenorDays: 90,
  graceDays: 5,
  sweepBps: 10_000,
};
