import type { FastifyReply } from "fastify";
import { isObject, listOf, objectsOf, type Json, type JsonObject } from "../proof/event.ts";
import type { EpcisEventRow } from "./epcis.entity.ts";
import { canonicalKey } from "../proof/gs1-key.ts";
import { formatInstant } from "../proof/instant.ts";
import { standardContext } from "../proof/namespaces.ts";
import { declaredIn, parseStored } from "./stored-event.ts";

/** How keys are spelled in an answer (header `GS1-EPC-Format`). */
export type EpcFormat = "Never_Translates" | "Always_GS1_Digital_Link";

/** An event as it is given out: as it was captured, with when it was recorded. */
function eventOf(row: EpcisEventRow, format: EpcFormat): JsonObject {
  const event = { ...parseStored(row.body), recordTime: formatInstant(row.recordTime) };
  return format === "Never_Translates" ? event : inDigitalLinks(event);
}

export interface DocumentOptions {
  /** Milliseconds. */
  readonly now: number;
  readonly format: EpcFormat;
}

/** An `EPCISQueryDocument`; what its events' contexts declare stands at its top as far as they agree. */
export function queryDocument(
  rows: readonly EpcisEventRow[],
  { now, format }: DocumentOptions,
): JsonObject {
  const events = rows.map((row) => eventOf(row, format));
  const declared = new Map<string, Json>();
  const eventList = events.map((event) => {
    const own = Object.entries(declaredIn(event));
    if (own.some(([prefix, uri]) => (declared.get(prefix) ?? uri) !== uri)) return event;
    for (const [prefix, uri] of own) declared.set(prefix, uri);
    const { "@context": _, ...rest } = event;
    return rest;
  });
  const own = declared.size === 0 ? [] : [Object.fromEntries(declared)];
  return {
    "@context": [standardContext, ...own],
    type: "EPCISQueryDocument",
    schemaVersion: "2.0",
    creationDate: formatInstant(now),
    epcisBody: {
      queryResults: { queryName: "SimpleEventQuery", resultsBody: { eventList } },
    },
  };
}

/** A `Collection` of names: top-level resources, values, sub-resources. */
export function collection(member: readonly string[]): JsonObject {
  return { "@context": [standardContext], type: "Collection", member: [...member] };
}

/** The address of the next page, as the binding's `Link` header has it. */
export function linkNext(reply: FastifyReply, url: string, token: string | undefined): void {
  if (token === undefined) return;
  const [path = "", query = ""] = url.split("?", 2);
  const parameters = new URLSearchParams(query);
  parameters.set("nextPageToken", token);
  reply.header("link", `<${path}?${parameters.toString()}>; rel="next"`);
}

const keyLists = ["epcList", "childEPCs", "inputEPCList", "outputEPCList"];
const quantityLists = [
  ...["quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList"],
];
const itemLists = {
  bizTransactionList: "bizTransaction",
  sourceList: "source",
  destinationList: "destination",
};

/** EPC URNs become Digital Link URIs; nothing else changes. */
function inDigitalLinks(event: JsonObject): JsonObject {
  const within = (holder: Json | undefined, name: string): Json =>
    isObject(holder) ? { ...holder, [name]: linked(holder[name]) } : (holder ?? null);
  const changed: Record<string, Json> = { ...event };
  const change = (name: string, changing: (value: Json) => Json): void => {
    const value = event[name];
    if (value !== undefined) changed[name] = changing(value);
  };
  for (const name of keyLists) change(name, (value) => listOf(value).map(linked));
  for (const name of ["parentID", "transformationID"]) change(name, linked);
  for (const name of ["readPoint", "bizLocation"]) change(name, (value) => within(value, "id"));
  for (const name of quantityLists) {
    change(name, (value) => objectsOf(value).map((item) => within(item, "epcClass")));
  }
  for (const [list, name] of Object.entries(itemLists)) {
    change(list, (value) => objectsOf(value).map((item) => within(item, name)));
  }
  return changed;
}

function linked(value: Json | undefined): Json {
  const isUrn = typeof value === "string" && value.startsWith("urn:epc:");
  return isUrn ? (canonicalKey(value) ?? value) : (value ?? null);
}
