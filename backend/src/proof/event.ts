/** JSON as it comes from outside. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

/** An EPCIS event that has passed validation. */
export type EpcisEvent = JsonObject & {
  readonly type: string;
  readonly eventTime: string;
  readonly eventTimeZoneOffset: string;
};

const eventTypes = [
  "ObjectEvent",
  "AggregationEvent",
  "TransactionEvent",
  "TransformationEvent",
  "AssociationEvent",
] as const;
export type EventType = (typeof eventTypes)[number];

export function isEventType(text: unknown): text is EventType {
  return eventTypes.some((type) => type === text);
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A field that is a list, or one value where JSON-LD lets the list be left out; nothing where it is absent. */
export function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
}

export function textsOf(value: Json | undefined): string[] {
  return listOf(value).filter((item) => typeof item === "string");
}

export function objectsOf(value: Json | undefined): JsonObject[] {
  return listOf(value).filter((item) => isObject(item));
}

/** A scalar as text; nothing for what is none. */
export function written(value: Json | undefined): string {
  return typeof value === "object" || value === undefined ? "" : String(value);
}

export function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
