import { utf8ToBytes } from "@noble/hashes/utils.js";
import { canonicalValue } from "./canonical-value.ts";
import {
  isObject,
  listOf,
  objectsOf,
  textsOf,
  written,
  type Json,
  type JsonObject,
} from "./event.ts";
import { sha256Of } from "./canonical-json.ts";
import { formatInstant, instantOf } from "./instant.ts";
import type { Namespaces } from "./namespaces.ts";
import { spelledOut, type VocabularyName } from "./vocabulary.ts";

// The event hash of CBV 2.0, section 8.9: a canonical string of the event, and its sha-256 as an RFC 6920 name.
// Where the published vectors order fields otherwise than the table of the standard, they are followed.

/** Said about an event and not what happened, or for people alone. */
const unhashed: ReadonlySet<string> = new Set(["{http://www.w3.org/2000/01/rdf-schema#}comment"]);

const times: ReadonlySet<string> = new Set(["eventTime", "time", "startTime", "endTime"]);

const words: Readonly<Record<string, VocabularyName>> = {
  bizStep: "bizStep",
  disposition: "disposition",
  set: "disposition",
  unset: "disposition",
  exception: "sensorAlertType",
  component: "component",
};

const metadataFields = [
  ...["time", "startTime", "endTime", "deviceID", "deviceMetadata", "rawData"],
  ...["dataProcessingMethod", "bizRules"],
];

const reportFields = [
  ...["type", "exception", "deviceID", "deviceMetadata", "rawData", "dataProcessingMethod"],
  ...["bizRules", "time", "microorganism", "chemicalSubstance", "value", "component"],
  ...["stringValue", "booleanValue", "hexBinaryValue", "uriValue", "minValue", "maxValue"],
  ...["meanValue", "sDev", "percRank", "percValue", "uom", "coordinateReferenceSystem"],
];

/** `ni:///sha-256;…?ver=CBV2.0` */
export function eventHash(event: JsonObject, namespaces: Namespaces): string {
  return `ni:///sha-256;${sha256Of(preHash(event, namespaces))}?ver=CBV2.0`;
}

/** The string that is hashed. */
export function preHash(event: JsonObject, namespaces: Namespaces): string {
  return new PreHash(namespaces).of(event);
}

class PreHash {
  constructor(private readonly namespaces: Namespaces) {}

  of(event: JsonObject): string {
    const field = (name: string): string => this.#field(name, event[name]);
    const epcs = (name: string): string =>
      parent(name, sorted(listOf(event[name]).map((epc) => this.#field("epc", epc))));
    const quantities = (name: string): string =>
      parent(name, sorted(objectsOf(event[name]).map((element) => this.#quantity(element))));
    return [
      `eventType=${this.#text("type", written(event["type"]))}`,
      ...["eventTime", "eventTimeZoneOffset", "certificationInfo", "parentID"].map(field),
      epcs("epcList"),
      epcs("inputEPCList"),
      epcs("childEPCs"),
      ...["quantityList", "childQuantityList", "inputQuantityList"].map(quantities),
      epcs("outputEPCList"),
      quantities("outputQuantityList"),
      ...["action", "transformationID", "bizStep", "disposition"].map(field),
      this.#parts("persistentDisposition", event["persistentDisposition"], ["set", "unset"]),
      this.#parts("readPoint", event["readPoint"], ["id"]),
      this.#parts("bizLocation", event["bizLocation"], ["id"]),
      this.#sensors(event["sensorElementList"]),
      this.#typed("bizTransactionList", event, "bizTransaction", "bizTransactionType"),
      this.#typed("destinationList", event, "destination", "sourceOrDestinationType"),
      parent("ilmd", isObject(event["ilmd"]) ? this.#extensions(event["ilmd"]) : ""),
      this.#typed("sourceList", event, "source", "sourceOrDestinationType"),
      this.#extensions(event),
    ].join("");
  }

  #quantity(element: JsonObject): string {
    const fields = ["epcClass", "quantity", "uom"].map((name) => this.#field(name, element[name]));
    return parent("quantityElement", fields.join(""));
  }

  #typed(list: string, event: JsonObject, name: string, vocabulary: VocabularyName): string {
    const items = objectsOf(event[list]).map(
      (item) => this.#word("type", item["type"], vocabulary) + this.#field(name, item[name]),
    );
    return parent(list, sorted(items));
  }

  #sensors(elements: Json | undefined): string {
    const each = objectsOf(elements).map((element) => {
      const metadata = this.#parts("sensorMetadata", element["sensorMetadata"], metadataFields);
      const reports = objectsOf(element["sensorReport"]).map((report) => {
        const type = this.#word("type", report["type"], "measurementType");
        const fields = reportFields.slice(1).map((name) => this.#field(name, report[name]));
        return parent("sensorReport", type + fields.join("") + this.#extensions(report));
      });
      return parent("sensorElement", metadata + sorted(reports) + this.#extensions(element));
    });
    return parent("sensorElementList", sorted(each));
  }

  #parts(name: string, value: Json | undefined, fields: readonly string[]): string {
    if (!isObject(value)) return "";
    const own = fields.map((field) => this.#field(field, value[field]));
    return parent(name, own.join("") + this.#extensions(value));
  }

  /** Every value of a field, each with the field's name. */
  #field(name: string, value: Json | undefined): string {
    const values = listOf(value).flatMap((item) => {
      const text = isObject(item) || item === null ? "" : this.#text(name, item as string);
      return text === "" ? [] : [`${name}=${text}`];
    });
    return sorted(values);
  }

  #word(name: string, value: Json | undefined, vocabulary: VocabularyName): string {
    const [word] = textsOf(value);
    if (word === undefined) return "";
    return `${name}=${canonicalValue(spelledOut(vocabulary, word.trim()), this.namespaces)}`;
  }

  #text(name: string, value: boolean | number | string): string {
    if (typeof value === "string" && times.has(name)) {
      const instant = instantOf(value.trim());
      if (instant !== undefined) return formatInstant(instant);
    }
    const vocabulary = Object.hasOwn(words, name) ? words[name] : undefined;
    const word =
      vocabulary !== undefined && typeof value === "string"
        ? spelledOut(vocabulary, value.trim())
        : value;
    return canonicalValue(word, this.namespaces);
  }

  /** What has a namespace: user extensions, and all of the master data of an instance or a lot. */
  #extensions(of: JsonObject): string {
    const values = Object.entries(of).flatMap(([name, value]) => {
      const expanded = this.namespaces.expandedName(name);
      if (expanded === undefined || unhashed.has(expanded)) return [];
      return listOf(value).map((item) => this.#extension(expanded, item));
    });
    return sorted(values);
  }

  #extension(name: string, value: Json): string {
    if (value === null) return "";
    if (Array.isArray(value)) {
      return sorted((value as readonly Json[]).map((item) => this.#extension(name, item)));
    }
    if (isObject(value)) {
      const inner = Object.entries(value).flatMap(([key, child]) => {
        const expanded = this.namespaces.expandedName(key) ?? key;
        if (unhashed.has(expanded)) return [];
        return listOf(child).map((item) => this.#extension(expanded, item));
      });
      return name + sorted(inner);
    }
    const text = canonicalValue(value as boolean | number | string, this.namespaces);
    return text === "" ? name : `${name}=${text}`;
  }
}

function parent(name: string, inner: string): string {
  return inner === "" ? "" : name + inner;
}

/** By the bytes of UTF-8, which is the order of code points. */
function sorted(parts: readonly string[]): string {
  if (parts.length < 2) return parts[0] ?? "";
  // The order of UTF-16 is the same but where surrogates take part.
  if (!parts.some((part) => /[\ud800-\udfff]/.test(part))) return [...parts].sort().join("");
  return parts
    .map((part) => ({ part, bytes: utf8ToBytes(part) }))
    .sort((a, b) => compared(a.bytes, b.bytes))
    .map(({ part }) => part)
    .join("");
}

function compared(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
