import type { JsonObject, Json } from "../../../backend/src/proof/event.ts";

/** `rice-1`, 500 kg of it; a bare name is a single item. */
export type Told = string | readonly [lot: string, quantity: number | null, unit?: string | null];

export function uriOf(name: string): string {
  return name.includes(":") ? name : `https://coop.example/lots/${name}`;
}

export function sscc(number: number): string {
  return `https://id.gs1.org/00/${checked(`09500001${String(number).padStart(9, "0")}`)}`;
}

function checked(digits: string): string {
  const sum = Array.from(digits, Number)
    .reverse()
    .reduce((total, digit, place) => total + digit * (place % 2 === 0 ? 3 : 1), 0);
  return `${digits}${String((10 - (sum % 10)) % 10)}`;
}

function lists(told: readonly Told[], items: string, lots: string): JsonObject {
  const epcs = told.filter((one) => typeof one === "string").map(uriOf);
  const quantities = told
    .filter((one) => typeof one !== "string")
    .map(([lot, quantity, unit = "KGM"]): JsonObject => ({
      epcClass: uriOf(lot),
      ...(quantity !== null && { quantity }),
      ...(quantity !== null && unit !== null && { uom: unit }),
    }));
  return {
    ...(epcs.length > 0 && { [items]: epcs }),
    ...(quantities.length > 0 && { [lots]: quantities }),
  };
}

/** @param hour of September 2026, from 0 */
function common(type: string, hour: number, more: JsonObject): JsonObject {
  const eventTime = new Date(Date.UTC(2026, 8, 1, hour)).toISOString();
  return { type, eventTime, eventTimeZoneOffset: "+08:00", ...more };
}

export function grown(hour: number, what: readonly Told[], more: JsonObject = {}): JsonObject {
  return common("ObjectEvent", hour, {
    ...{ action: "ADD", bizStep: "commissioning" },
    ...lists(what, "epcList", "quantityList"),
    ...more,
  });
}

export function seen(
  bizStep: string,
  hour: number,
  what: readonly Told[],
  more: JsonObject = {},
): JsonObject {
  return common("ObjectEvent", hour, {
    ...{ action: "OBSERVE", bizStep },
    ...lists(what, "epcList", "quantityList"),
    ...more,
  });
}

export function made(
  hour: number,
  from: readonly Told[],
  to: readonly Told[],
  more: JsonObject = {},
): JsonObject {
  return common("TransformationEvent", hour, {
    ...lists(from, "inputEPCList", "inputQuantityList"),
    ...lists(to, "outputEPCList", "outputQuantityList"),
    ...more,
  });
}

export function declaredLoss(quantity: number, uom = "KGM"): JsonObject {
  return { "sheaf:declaredLoss": { "sheaf:quantity": quantity, "sheaf:uom": uom } };
}

export function packed(
  hour: number,
  carrier: string,
  what: readonly Told[],
  more: JsonObject = {},
): JsonObject {
  return common("AggregationEvent", hour, {
    ...{ action: "ADD", bizStep: "packing", parentID: uriOf(carrier) },
    ...lists(what, "childEPCs", "childQuantityList"),
    ...more,
  });
}

/** Takes off what is named, or all. */
export function unpacked(hour: number, carrier: string, what: readonly Told[] = []): JsonObject {
  return { ...packed(hour, carrier, what), action: "DELETE", bizStep: "unpacking" };
}

export function about(...transactions: readonly string[]): JsonObject {
  const bizTransactionList: Json = transactions.map((bizTransaction) => ({ bizTransaction }));
  return { bizTransactionList };
}

export function wrong(event: JsonObject, ...corrective: readonly string[]): JsonObject {
  return {
    ...event,
    errorDeclaration: {
      declarationTime: "2026-10-01T00:00:00Z",
      reason: "incorrect_data",
      ...(corrective.length > 0 && { correctiveEventIDs: corrective }),
    },
  };
}
