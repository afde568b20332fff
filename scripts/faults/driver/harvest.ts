import type { Id } from "../../api/resources.ts";
import type { LifePlan } from "../plan/life-plan.ts";
import { fieldOf } from "./cast.ts";

/** The harvest of a life's goods as an EPCIS document: the same for the same life. */
export function harvestOf({ number, quantity }: LifePlan, cooperative: Id): object {
  const event = {
    type: "ObjectEvent",
    eventTime: "2026-11-02T09:30:00+08:00",
    eventTimeZoneOffset: "+08:00",
    action: "ADD",
    bizStep: "commissioning",
    readPoint: { id: fieldOf(cooperative) },
    quantityList: [
      {
        epcClass: `https://farm.example/${cooperative}/lots/${number}`,
        quantity: Number(quantity / 1000n),
        uom: "KGM",
      },
    ],
  };
  return {
    "@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],
    type: "EPCISDocument",
    schemaVersion: "2.0",
    creationDate: "2026-11-02T10:00:00+08:00",
    epcisBody: { eventList: [event] },
  };
}
