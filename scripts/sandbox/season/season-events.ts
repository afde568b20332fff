import type { JsonObject } from "../../../backend/src/proof/event.ts";
import { dateOf } from "../../../backend/src/math/calendar.ts";
import { civilTime, utcOffset } from "../../api/civil-time.ts";
import type { Id } from "../../api/resources.ts";
import {
  deviceOf,
  lotOf,
  placesOf,
  type Grower,
  type Handler,
  type Store,
} from "./season-places.ts";

import type { LotPapers } from "./season-papers.ts";

export const eventContext = [
  "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
  { sheaf: "urn:sheaf:epcis:" },
];

/** What the events call the ledger's claims; a delivery by its order and number. */
export const claimNames = {
  order: (id: Id): JsonObject => transaction("po", `urn:sheaf:order:${id}`),
  receipt: (id: Id): JsonObject => transaction("recadv", `urn:sheaf:receipt:${id}`),
  delivery: (order: Id, number: number): JsonObject =>
    transaction("desadv", `urn:sheaf:delivery:${order}:${String(number)}`),
  receivable: (id: Id): JsonObject => transaction("inv", `urn:sheaf:receivable:${id}`),
};

/** Kilograms of a lot. */
export interface Quantity {
  readonly lot: string;
  readonly kilograms: number;
}

/** Of what is harvested, in parts of what is sold: graded out as seconds, and lost as stalks, shells and dirt. */
const seconds = 0.035;
const loss = 0.015;

/** What people call the goods. */
const products = {
  rice: "Japonica rice 粳米",
  eggs: "Hen eggs 鲜鸡蛋",
  fruit: "Navel oranges 脐橙",
} as const;

const harvestPlace = { rice: "paddy-3", eggs: "hen-house-2", fruit: "orchard-5" } as const;

/** From the field to the lot that is sold: harvested three days before `day`, graded on the day before. */
export function grown(
  grower: Grower,
  lot: string,
  kilograms: number,
  day: number,
  papers: LotPapers,
): JsonObject[] {
  const raw = lotOf(grower, `${lot}-field`);
  const harvested = round(kilograms * (1 + seconds + loss));
  const field = placesOf(grower) + harvestPlace[grower];
  return [
    {
      ...common("ObjectEvent", day - 3, "07:30:00"),
      action: "ADD",
      bizStep: "commissioning",
      disposition: "active",
      readPoint: { id: field },
      bizLocation: { id: field },
      quantityList: [quantity({ lot: raw, kilograms: harvested })],
      bizTransactionList: [transaction("cert", `urn:sheaf:document:${papers.certificate}`)],
      ilmd: {
        "cbvmda:lotNumber": `${lot}-field`,
        "cbvmda:harvestStartDate": dateOf(day - 3),
        "cbvmda:harvestEndDate": dateOf(day - 3),
        "cbvmda:countryOfOrigin": "CN",
      },
    },
    {
      ...common("TransformationEvent", day - 1, "14:00:00"),
      bizStep: "inspecting",
      readPoint: { id: `${placesOf(grower)}grading-house` },
      bizLocation: { id: `${placesOf(grower)}grading-house` },
      inputQuantityList: [quantity({ lot: raw, kilograms: harvested })],
      outputQuantityList: [
        quantity({ lot: lotOf(grower, lot), kilograms }),
        quantity({ lot: lotOf(grower, `${lot}-seconds`), kilograms: round(kilograms * seconds) }),
      ],
      bizTransactionList: [transaction("testres", `urn:sheaf:document:${papers.testResult}`)],
      ilmd: { "cbvmda:lotNumber": lot, "sheaf:product": products[grower] },
      "sheaf:declaredLoss": { "sheaf:quantity": round(kilograms * loss), "sheaf:uom": "KGM" },
    },
  ];
}

/** Something that is seen to happen to goods at somebody's place. */
export function observed(
  bizStep: string,
  { lot, kilograms }: Quantity,
  [day, time]: readonly [day: number, time: string],
  more: JsonObject,
): JsonObject {
  return {
    ...common("ObjectEvent", day, time),
    action: "OBSERVE",
    bizStep,
    quantityList: [quantity({ lot, kilograms })],
    ...more,
  };
}

/** What came back gets a lot of its own. */
export function relotted(
  from: string,
  to: Quantity,
  at: readonly [store: Store, day: number],
  bizTransactionList: readonly JsonObject[],
): JsonObject {
  const [store, day] = at;
  return {
    ...common("TransformationEvent", day, "08:40:00"),
    bizStep: "repackaging",
    disposition: "returned",
    ...atPlace(store, "hall-1"),
    inputQuantityList: [quantity({ lot: from, kilograms: to.kilograms })],
    outputQuantityList: [quantity(to)],
    bizTransactionList,
  };
}

export function atPlace(party: Handler, place: string): JsonObject {
  return {
    readPoint: { id: placesOf(party) + place },
    bizLocation: { id: placesOf(party) + place },
  };
}

/** °C in the middle, and how far from it a day may be. */
const climates = { granary: [14.5, 1.5], coldStore: [3.5, 0.8] } as const;

/** A day's temperature by day; made up, and marked so in the data. */
export function temperatureLog(store: Store, from: number, to: number): JsonObject {
  const [middle, swing] = climates[store];
  const device = { deviceID: deviceOf(store), "sheaf:synthetic": true };
  const days = Array.from({ length: to - from }, (_, at) => from + at);
  return {
    sensorElementList: [
      {
        sensorMetadata: {
          ...device,
          startTime: civilTime(from, "09:00:00"),
          endTime: civilTime(to, "08:00:00"),
        },
        sensorReport: days.map((day) => ({
          type: "Temperature",
          meanValue: round(middle + swing * Math.sin(day * 1.7)),
          uom: "CEL",
          time: civilTime(day, "12:00:00"),
        })),
      },
    ],
  };
}

function common(type: string, day: number, time: string): JsonObject {
  return { type, eventTime: civilTime(day, time), eventTimeZoneOffset: utcOffset };
}

function quantity({ lot, kilograms }: Quantity): JsonObject {
  return { epcClass: lot, quantity: kilograms, uom: "KGM" };
}

function transaction(type: string, bizTransaction: string): JsonObject {
  return { type, bizTransaction };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
