import type { JsonObject } from "../../../backend/src/proof/event.ts";

// Events of our own making: a mandarin cooperative's lot from the tree to the ship. The check digits that
// the tests expect of their keys were computed apart from this code, from the weights 3, 1, 3, … of the GS1 General Specifications.

export const context = [
  "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
  { farm: "https://farm.example/terms/" },
];

/** A field's GLN and a packing house's; `950…` is GS1's range for examples. */
export const field = "urn:epc:id:sgln:9500001.00001.0";
export const packingHouse = "urn:epc:id:sgln:9500001.00002.0";
export const lot = "urn:epc:class:lgtin:9500001.012345.M-17";

export function harvest(changes: JsonObject = {}): JsonObject {
  return {
    type: "ObjectEvent",
    eventTime: "2026-11-02T09:30:00+08:00",
    eventTimeZoneOffset: "+08:00",
    action: "ADD",
    bizStep: "commissioning",
    disposition: "active",
    readPoint: { id: field },
    quantityList: [{ epcClass: lot, quantity: 1200.5, uom: "KGM" }],
    bizTransactionList: [{ type: "po", bizTransaction: "https://farm.example/orders/PO-7" }],
    ilmd: { "cbvmda:lotNumber": "M-17", "farm:variety": "Ponkan" },
    "farm:pickers": "12",
    ...changes,
  };
}

export function packing(changes: JsonObject = {}): JsonObject {
  return {
    type: "TransformationEvent",
    eventTime: "2026-11-03T14:00:00.250+08:00",
    eventTimeZoneOffset: "+08:00",
    inputQuantityList: [{ epcClass: lot, quantity: 1200.5, uom: "KGM" }],
    outputEPCList: ["urn:epc:id:sscc:9500001.0000000001", "urn:epc:id:sscc:9500001.0000000002"],
    bizStep: "packing",
    bizLocation: { id: packingHouse },
    ...changes,
  };
}

export function coldStore(changes: JsonObject = {}): JsonObject {
  return {
    type: "ObjectEvent",
    eventTime: "2026-11-04T00:00:00Z",
    eventTimeZoneOffset: "+08:00",
    action: "OBSERVE",
    bizStep: "storing",
    epcList: ["urn:epc:id:sscc:9500001.0000000001"],
    readPoint: { id: packingHouse },
    sensorElementList: [
      {
        sensorMetadata: { deviceID: "urn:epc:id:giai:9500001.T9", "farm:synthetic": true },
        sensorReport: [
          { type: "Temperature", value: 4.5, uom: "CEL", time: "2026-11-04T01:00:00Z" },
          { type: "RelativeHumidity", value: 88, uom: "A93" },
        ],
      },
    ],
    ...changes,
  };
}

export function document(...eventList: readonly JsonObject[]): JsonObject {
  return {
    "@context": context,
    type: "EPCISDocument",
    schemaVersion: "2.0",
    creationDate: "2026-11-05T00:00:00Z",
    epcisBody: { eventList },
  };
}
