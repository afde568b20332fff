import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import type { Fault } from "../http/bad-input.ts";
import { eventsOf } from "./document.ts";
import {
  isEventType,
  isObject,
  written,
  type EpcisEvent,
  type Json,
  type JsonObject,
} from "../proof/event.ts";
import {
  escapedName,
  faultsOfContext,
  faultsOfNames,
  faultsOfRules,
  faultsOfText,
} from "./event-rules.ts";
import { documentSchema, eventSchemas, queryDocumentSchema } from "./event-schema.ts";
import { formats } from "./formats.ts";
import { inTurns } from "./in-turns.ts";
import { Namespaces, namesStandardContext } from "../proof/namespaces.ts";

const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
for (const [name, { fault }] of Object.entries(formats)) {
  ajv.addFormat(name, (text: string) => fault(text) === undefined);
}

const compiled = Object.fromEntries(
  Object.entries(eventSchemas).map(([type, schema]) => [type, ajv.compile(schema)]),
) as Readonly<Record<keyof typeof eventSchemas, ValidateFunction>>;
const asDocument = ajv.compile(documentSchema);
const asQueryDocument = ajv.compile(queryDocumentSchema);

/** An event, whether good or not. */
export interface CheckedEvent {
  /** Of the event in what was sent. */
  readonly pointer: string;
  readonly faults: readonly Fault[];
  /** Only where there are no faults. */
  readonly event?: EpcisEvent;
  readonly namespaces: Namespaces;
}

export interface CheckedDocument {
  /** What is wrong with the document around the events. */
  readonly faults: readonly Fault[];
  readonly events: readonly CheckedEvent[];
}

/** An `EPCISDocument` or `EPCISQueryDocument` with each of its events. */
export async function checkDocument(document: Json | undefined): Promise<CheckedDocument> {
  const validate = isQueryDocument(document) ? asQueryDocument : asDocument;
  const faults = faultsOf(validate, document);
  if (!isObject(document)) return { faults, events: [] };
  const context = document["@context"];
  if (!namesStandardContext(context) && faults.every(({ pointer }) => pointer !== "/@context")) {
    faults.push({ pointer: "/@context", detail: "must name the context of EPCIS 2.0" });
  }
  const { pointer, events } = eventsOf(document);
  const checked = Array.isArray(events)
    ? await inTurns(events as readonly Json[], (event, at) => [
        checkEvent(event, `${pointer}/${at}`, context),
      ])
    : [];
  const unknown = checked.some(({ faults: found }) => found.some(isAboutPrefix));
  return {
    faults: unknown ? [...faults, ...faultsOfContext(context, "/@context")] : faults,
    events: checked,
  };
}

/** One event; it brings its context with it where there is no document around it. */
export function checkEvent(event: Json | undefined, pointer = "", outer?: Json): CheckedEvent {
  const type = isObject(event) ? event["type"] : undefined;
  const validate = compiled[isEventType(type) ? type : "extension"];
  const own = isObject(event) ? event["@context"] : undefined;
  const namespaces = Namespaces.of(outer, own);
  const found = faultsOf(validate, event);
  if (isObject(event)) {
    found.push(
      ...faultsOfRules(event),
      ...faultsOfNames(event, namespaces),
      ...faultsOfText(event),
    );
    if (outer === undefined && !namesStandardContext(own)) {
      found.push({ pointer: "/@context", detail: "must name the context of EPCIS 2.0" });
    }
  }
  const faults = once(found).map((fault) => ({
    ...fault,
    pointer: pointer + (fault.pointer ?? ""),
  }));
  return {
    pointer,
    faults,
    namespaces,
    ...(faults.length === 0 && { event: event as EpcisEvent }),
  };
}

function isQueryDocument(document: Json | undefined): boolean {
  return isObject(document) && document["type"] === "EPCISQueryDocument";
}

function isAboutPrefix({ detail }: Fault): boolean {
  return detail.startsWith("has the prefix");
}

function faultsOf(validate: ValidateFunction, value: Json | undefined): Fault[] {
  if (validate(value)) return [];
  return once((validate.errors ?? []).flatMap((error) => faultOf(error, value)));
}

/** A missing field may break several rules; one is enough for each place. */
function once(faults: readonly Fault[]): Fault[] {
  const seen = new Set<string | undefined>();
  return faults.filter(({ pointer }) => {
    const isNew = !seen.has(pointer);
    seen.add(pointer);
    return isNew;
  });
}

function faultOf(error: ErrorObject, root: Json | undefined): Fault[] {
  const { instancePath: at, keyword } = error;
  const params = error.params as Readonly<Record<string, unknown>>;
  switch (keyword) {
    case "required":
      return [
        {
          pointer: `${at}/${escapedName(String(params["missingProperty"]))}`,
          detail: "is required",
        },
      ];
    case "additionalProperties":
      return [
        {
          pointer: `${at}/${escapedName(String(params["additionalProperty"]))}`,
          detail: "is neither a field of the standard here nor one with a namespace",
        },
      ];
    case "format": {
      const format = formats[String(params["format"])];
      return [{ pointer: at, detail: format?.fault(written(valueAt(root, at))) ?? "is refused" }];
    }
    case "enum":
      return [
        {
          pointer: at,
          detail: `must be one of ${(params["allowedValues"] as string[]).join(", ")}`,
        },
      ];
    case "type":
      return [{ pointer: at, detail: `must be ${[params["type"]].flat().join(" or ")}` }];
    // The branch that was taken says what is wrong.
    case "if":
      return [];
    default:
      return [{ pointer: at, detail: error.message ?? "is refused" }];
  }
}

function valueAt(root: Json | undefined, pointer: string): Json | undefined {
  return pointer
    .split("/")
    .slice(1)
    .map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<Json | undefined>((inner, name) => (inner as JsonObject | undefined)?.[name], root);
}
