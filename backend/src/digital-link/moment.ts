import { isObject, listOf, objectsOf, textOf, type JsonObject } from "../proof/event.ts";
import { canonicalKey } from "../proof/gs1-key.ts";
import { Namespaces } from "../proof/namespaces.ts";
import { asBareWord, asWebUri } from "../proof/vocabulary.ts";
import type { PublicEvent } from "./public-event.ts";

/** How much of a lot. */
export interface Amount {
  readonly lot: string;
  readonly quantity: number | undefined;
  readonly unit: string | undefined;
}

export interface Reading {
  /** `2026-08-12`, where it was measured. */
  readonly day: string;
  /** °C */
  readonly value: number;
}

interface Paper {
  readonly kind: "test" | "certificate" | "document";
  readonly name: string;
}

/** An event as the page tells it. */
export interface Moment {
  readonly event: PublicEvent;
  /** Where it happened, by the clock there; the day alone is told of an event that is withheld. */
  readonly day: string;
  readonly time: string | undefined;
  readonly type: string;
  readonly step: string;
  readonly place: string | undefined;
  readonly inputs: readonly Amount[];
  /** What it is about, or what came out of it. */
  readonly amounts: readonly Amount[];
  readonly loss: { readonly quantity: number; readonly unit: string | undefined } | undefined;
  readonly ilmd: Ilmd;
  readonly readings: readonly Reading[];
  readonly isSynthetic: boolean;
  readonly papers: readonly Paper[];
  /** The day on which it was declared wrong. */
  readonly declaredWrong: string | undefined;
  readonly isReplaced: boolean;
  readonly isRecall: boolean;
}

interface Ilmd {
  readonly harvestFrom: string | undefined;
  readonly harvestTo: string | undefined;
  readonly country: string | undefined;
  readonly product: string | undefined;
}

export function momentOf(event: PublicEvent): Moment {
  const said = event.event;
  if (said === null) return withheldMoment(event);
  const offset = textOf(said["eventTimeZoneOffset"]) ?? "+00:00";
  const local = (text: string | undefined): string => localTime(text ?? "", offset);
  const when = local(textOf(said["eventTime"]));
  const declaration = isObject(said["errorDeclaration"]) ? said["errorDeclaration"] : undefined;
  const sensors = objectsOf(said["sensorElementList"]);
  return {
    event,
    day: when.slice(0, 10),
    time: when.slice(11, 16),
    type: textOf(said["type"]) ?? "",
    step: wordOf(said, "bizStep"),
    place: placeOf(said),
    inputs: amountsIn(said, "inputQuantityList", "inputEPCList"),
    amounts: [
      ...amountsIn(said, "quantityList", "epcList"),
      ...amountsIn(said, "outputQuantityList", "outputEPCList"),
      ...amountsIn(said, "childQuantityList", "childEPCs"),
    ],
    loss: lossIn(said),
    ilmd: ilmdOf(said),
    readings: sensors.flatMap((sensor) => temperaturesIn(sensor, local)),
    isSynthetic: sensors.some(
      ({ sensorMetadata }) =>
        isObject(sensorMetadata) && sensorMetadata["sheaf:synthetic"] === true,
    ),
    papers: papersIn(said),
    declaredWrong: declaration && local(textOf(declaration["declarationTime"])).slice(0, 10),
    isReplaced: listOf(declaration?.["correctiveEventIDs"]).length > 0,
    isRecall: isRecall(said),
  };
}

function withheldMoment(event: PublicEvent): Moment {
  const nothing = { harvestFrom: undefined, harvestTo: undefined, country: undefined };
  return {
    event,
    day: new Date(event.recordTime).toISOString().slice(0, 10),
    time: undefined,
    ...{ type: "", step: "", place: undefined, inputs: [], amounts: [], loss: undefined },
    ilmd: { ...nothing, product: undefined },
    ...{ readings: [], isSynthetic: false, papers: [] },
    ...{ declaredWrong: undefined, isReplaced: false, isRecall: false },
  };
}

/** Whether an event calls goods back. */
function isRecall(event: JsonObject): boolean {
  const { persistentDisposition } = event;
  const set = isObject(persistentDisposition) ? persistentDisposition["set"] : undefined;
  return [event["disposition"], ...listOf(set)].some(
    (value) =>
      typeof value === "string" && asBareWord("disposition", asWebUri(value)) === "recalled",
  );
}

/** `2026-08-12T07:30` at an offset from Greenwich; empty for what is no time. */
function localTime(text: string, offset: string): string {
  const [, sign = "+", hours = "0", minutes = "0"] = /^([+-])(\d\d):(\d\d)$/.exec(offset) ?? [];
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) return "";
  const shift = (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -60_000 : 60_000);
  return new Date(instant + shift).toISOString();
}

function wordOf(event: JsonObject, name: "bizStep" | "disposition"): string {
  const value = textOf(event[name]);
  return value === undefined ? "" : asBareWord(name, asWebUri(value));
}

function placeOf(event: JsonObject): string | undefined {
  for (const name of ["bizLocation", "readPoint"]) {
    const part = event[name];
    const uri = isObject(part) ? textOf(part["id"]) : undefined;
    if (uri !== undefined) return keyOf(uri, event);
  }
  return undefined;
}

function keyOf(uri: string, event: JsonObject): string {
  const whole = Namespaces.of(event["@context"]).expandedValue(uri);
  return canonicalKey(whole) ?? whole;
}

function amountsIn(event: JsonObject, quantities: string, items: string): Amount[] {
  return [
    ...objectsOf(event[quantities]).map(({ epcClass, quantity, uom }) => ({
      lot: keyOf(textOf(epcClass) ?? "", event),
      quantity: typeof quantity === "number" ? quantity : undefined,
      unit: textOf(uom),
    })),
    ...listOf(event[items]).flatMap((item) =>
      typeof item === "string"
        ? [{ lot: keyOf(item, event), quantity: undefined, unit: undefined }]
        : [],
    ),
  ];
}

function lossIn(event: JsonObject): Moment["loss"] {
  const loss = event["sheaf:declaredLoss"];
  if (!isObject(loss) || typeof loss["sheaf:quantity"] !== "number") return undefined;
  return { quantity: loss["sheaf:quantity"], unit: textOf(loss["sheaf:uom"]) };
}

function ilmdOf(event: JsonObject): Ilmd {
  const ilmd = isObject(event["ilmd"]) ? event["ilmd"] : {};
  return {
    harvestFrom: textOf(ilmd["cbvmda:harvestStartDate"]),
    harvestTo: textOf(ilmd["cbvmda:harvestEndDate"]),
    country: textOf(ilmd["cbvmda:countryOfOrigin"]),
    product: textOf(ilmd["sheaf:product"]),
  };
}

function temperaturesIn(
  { sensorMetadata, sensorReport }: JsonObject,
  local: (text: string | undefined) => string,
): Reading[] {
  const metadata = isObject(sensorMetadata) ? sensorMetadata : {};
  return objectsOf(sensorReport).flatMap((report) => {
    const isTemperature =
      /(?:^|[:/])Temperature$/.test(textOf(report["type"]) ?? "") && report["uom"] === "CEL";
    const value = report["meanValue"] ?? report["value"];
    const day = local(textOf(report["time"]) ?? textOf(metadata["time"])).slice(0, 10);
    return isTemperature && typeof value === "number" && day !== "" ? [{ day, value }] : [];
  });
}

const kinds: Readonly<Record<string, Paper["kind"]>> = { testres: "test", cert: "certificate" };

function papersIn(event: JsonObject): Paper[] {
  const transactions = objectsOf(event["bizTransactionList"]).flatMap((item) => {
    const kind = kinds[asBareWord("bizTransactionType", asWebUri(textOf(item["type"]) ?? ""))];
    const name = textOf(item["bizTransaction"]);
    return kind === undefined || name === undefined ? [] : [{ kind, name }];
  });
  const certified = listOf(event["certificationInfo"]).flatMap((name) =>
    typeof name === "string" ? [{ kind: "certificate" as const, name }] : [],
  );
  return [...transactions, ...certified];
}
