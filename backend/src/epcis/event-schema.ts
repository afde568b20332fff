import type { EventType } from "../proof/event.ts";

// The JSON of EPCIS 2.0 as JSON Schema (draft 2020-12), written from the standard: sections 7.3 and 7.4 of EPCIS 2.0
// and its JSON binding, section 10. What a format means is in `formats.ts`.

type Schema = Readonly<Record<string, unknown>>;

const uri = { type: "string", format: "uri", maxLength: 500 };
const key = { type: "string", format: "key", maxLength: 500 };
const time = { type: "string", format: "date-time" };
const word = (vocabulary: string): Schema => ({
  type: "string",
  format: vocabulary,
  maxLength: 500,
});
const list = (items: Schema, least = 0): Schema => ({ type: "array", items, minItems: least });

/** Fields of the standard, and any that have a namespace. */
function open(properties: Record<string, Schema>, required: readonly string[] = []): Schema {
  return {
    type: "object",
    properties,
    required,
    patternProperties: { "^[^:\\s]+:\\S+$": true },
    additionalProperties: false,
  };
}

function closed(properties: Record<string, Schema>, required: readonly string[]): Schema {
  return { type: "object", properties, required, additionalProperties: false };
}

const contextSchema: Schema = {
  type: ["array", "object", "string"],
  items: { type: ["object", "string"] },
};

const place = open({ id: key }, ["id"]);
const quantities = list(
  closed({ epcClass: key, quantity: { type: "number" }, uom: word("uom") }, ["epcClass"]),
);
const dispositions = { ...list(word("disposition"), 1), uniqueItems: true };

const errorDeclaration = open(
  {
    declarationTime: time,
    reason: word("errorReason"),
    correctiveEventIDs: list(uri),
  },
  ["declarationTime"],
);

const device = {
  deviceID: key,
  deviceMetadata: uri,
  rawData: uri,
  dataProcessingMethod: uri,
  bizRules: uri,
};
const decimals = Object.fromEntries(
  ["value", "minValue", "maxValue", "meanValue", "sDev", "percRank", "percValue"].map((name) => [
    name,
    { type: "number" },
  ]),
);
const sensorReport = open(
  {
    ...device,
    ...decimals,
    type: word("measurementType"),
    exception: word("sensorAlertType"),
    component: word("component"),
    time,
    microorganism: uri,
    chemicalSubstance: uri,
    coordinateReferenceSystem: uri,
    stringValue: { type: "string" },
    booleanValue: { type: "boolean" },
    hexBinaryValue: { type: "string", format: "hexBinary" },
    uriValue: uri,
    uom: { type: "string" },
  },
  ["type"],
);
const sensorElement = open(
  {
    sensorMetadata: open({ ...device, time, startTime: time, endTime: time }),
    sensorReport: list(sensorReport, 1),
  },
  ["sensorReport"],
);

const common = {
  "@context": contextSchema,
  type: { type: "string" },
  eventTime: time,
  recordTime: time,
  eventTimeZoneOffset: { type: "string", format: "offset" },
  eventID: uri,
  certificationInfo: {
    if: { type: "array" },
    then: list(uri),
    else: uri,
  },
  errorDeclaration,
};

const shared = {
  bizStep: word("bizStep"),
  disposition: word("disposition"),
  readPoint: place,
  bizLocation: place,
  bizTransactionList: list(
    closed({ type: word("bizTransactionType"), bizTransaction: key }, ["bizTransaction"]),
  ),
  sourceList: list(
    closed({ type: word("sourceOrDestinationType"), source: key }, ["type", "source"]),
  ),
  destinationList: list(
    closed({ type: word("sourceOrDestinationType"), destination: key }, ["type", "destination"]),
  ),
  sensorElementList: list(sensorElement),
};

const action = { action: { type: "string", enum: ["ADD", "OBSERVE", "DELETE"] } };
const persistentDisposition = {
  persistentDisposition: {
    ...closed({ set: dispositions, unset: dispositions }, []),
    minProperties: 1,
  },
};
const ilmd = { ilmd: open({}) };
const distinct = { ...list(key), uniqueItems: true };
const always = ["type", "eventTime", "eventTimeZoneOffset"];
const parts = { parentID: key, childEPCs: list(key), childQuantityList: quantities };

/** What rules over several fields say is in `event-rules.ts`. */
export const eventSchemas: Readonly<Record<EventType | "extension", Schema>> = {
  ObjectEvent: open(
    {
      ...common,
      ...shared,
      ...action,
      ...persistentDisposition,
      ...ilmd,
      epcList: distinct,
      quantityList: quantities,
    },
    [...always, "action"],
  ),
  AggregationEvent: open({ ...common, ...shared, ...action, ...parts }, [...always, "action"]),
  TransactionEvent: open(
    {
      ...common,
      ...shared,
      ...action,
      bizTransactionList: { ...shared.bizTransactionList, minItems: 1 },
      parentID: key,
      epcList: list(key),
      quantityList: quantities,
    },
    [...always, "action", "bizTransactionList"],
  ),
  TransformationEvent: open(
    {
      ...common,
      ...shared,
      ...persistentDisposition,
      ...ilmd,
      inputEPCList: distinct,
      inputQuantityList: quantities,
      outputEPCList: distinct,
      outputQuantityList: quantities,
      transformationID: key,
    },
    always,
  ),
  AssociationEvent: open({ ...common, ...shared, ...action, ...parts }, [
    ...always,
    "action",
    "parentID",
  ]),
  extension: {
    type: "object",
    properties: { ...common, type: word("eventType") },
    required: always,
  },
};

export const documentSchema: Schema = open(
  {
    "@context": contextSchema,
    id: uri,
    type: { type: "string", enum: ["EPCISDocument"] },
    schemaVersion: { type: "string", format: "version" },
    creationDate: time,
    instanceIdentifier: { type: "string" },
    sender: { type: "string" },
    receiver: { type: "string" },
    epcisHeader: { type: "object" },
    epcisBody: closed({ eventList: { type: "array" } }, ["eventList"]),
  },
  ["@context", "type", "schemaVersion", "creationDate", "epcisBody"],
);

export const queryDocumentSchema: Schema = open(
  {
    "@context": contextSchema,
    id: uri,
    type: { type: "string", enum: ["EPCISQueryDocument"] },
    schemaVersion: { type: "string", format: "version" },
    creationDate: time,
    epcisBody: open(
      {
        queryResults: open(
          {
            queryName: { type: "string" },
            subscriptionID: { type: "string" },
            resultsBody: open({ eventList: { type: "array" }, vocabularyList: { type: "array" } }, [
              "eventList",
            ]),
          },
          ["queryName", "resultsBody"],
        ),
      },
      ["queryResults"],
    ),
  },
  ["@context", "type", "epcisBody"],
);
