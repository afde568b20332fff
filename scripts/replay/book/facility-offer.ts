import type { FacilityOffer } from "../../api/terms.ts";
import { readMoney } from "../../reading/amount-place.ts";
import { readJsonFile } from "../json-file.ts";

const names = [
  "limit",
  "orderAdvanceBps",
  "storedAdvanceBps",
  "acceptedAdvanceBps",
  "rateBps",
  "penaltyRateBps",
  "dayBasis",
  "tenorDays",
  "graceDays",
  "sweepBps",
] as const;

/**
 * The terms on which the lender finances every pair of buyer and seller.
 * @throws InputError with everything that is wrong with the file
 */
export function readFacilityOffer(path: string): Promise<FacilityOffer> {
  return readJsonFile(path, (place) => {
    const fields = place.object(names);
    const bps = (name: (typeof names)[number]): number => fields.get(name).integer(0, 10_000);
    const offer = {
      limit: readMoney(fields.get("limit")),
      orderAdvanceBps: bps("orderAdvanceBps"),
      storedAdvanceBps: bps("storedAdvanceBps"),
      acceptedAdvanceBps: bps("acceptedAdvanceBps"),
      rateBps: bps("rateBps"),
      penaltyRateBps: bps("penaltyRateBps"),
      dayBasis: fields.get("dayBasis").integer(360, 365),
      tenorDays: fields.get("tenorDays").integer(1, 365),
      graceDays: fields.get("graceDays").integer(0, 365),
      sweepBps: bps("sweepBps"),
    };
    if (offer.penaltyRateBps < offer.rateBps) {
      fields.get("penaltyRateBps").fault("the penalty rate is not below the interest rate");
    }
    if (offer.dayBasis !== 360 && offer.dayBasis !== 365) {
      fields.get("dayBasis").fault("a year has 360 or 365 days");
    }
    return offer;
  });
}
