import { canonicalJson, sha256Of } from "../proof/canonical-json.ts";
import {
  isObject,
  listOf,
  written,
  type EpcisEvent,
  type Json,
  type JsonObject,
} from "../proof/event.ts";
import { eventHash } from "../proof/event-hash.ts";
import { instantOf } from "../proof/instant.ts";
import type { EpcisEventRow } from "./epcis.entity.ts";
import { linksOf, type Link } from "./links.ts";
import { Namespaces, standardContext } from "../proof/namespaces.ts";

/** What is kept of an event before anybody knows its place in the record. */
export interface StoredEvent extends Pick<
  EpcisEventRow,
  "eventId" | "sha256" | "hash" | "type" | "eventTime" | "declarationTime" | "body"
> {
  readonly links: readonly Link[];
}

/** @param event a good one */
export function storedEvent(event: EpcisEvent, namespaces: Namespaces): StoredEvent {
  const name = eventHash(event, namespaces);
  const eventId = typeof event["eventID"] === "string" ? event["eventID"] : name;
  // The repository's own: what a client says of it is passed over (EPCIS 2.0, section 7.4.1).
  const { recordTime, "@context": _, ...said } = event;
  const kept = { ...said, eventID: eventId, "@context": contextOf(said, namespaces) };
  const body = canonicalJson(kept);
  const declaration = event["errorDeclaration"];
  return {
    eventId,
    hash: name.slice(name.indexOf(";") + 1, name.indexOf("?")),
    sha256: sha256Of(body),
    type: namespaces.expandedValue(event.type),
    eventTime: instantOf(event.eventTime) ?? 0,
    declarationTime: isObject(declaration)
      ? (instantOf(written(declaration["declarationTime"])) ?? 0)
      : null,
    body,
    links: linksOf(event, namespaces),
  };
}

/** The event on its own, with what its prefixes mean. */
export function parseStored(body: string): EpcisEvent {
  return JSON.parse(body) as EpcisEvent;
}

/** The standard's context, and the declarations that the event's names and values make use of. */
function contextOf(event: JsonObject, namespaces: Namespaces): Json {
  const used = new Map<string, string>();
  const walk = (value: Json): void => {
    if (typeof value === "string") take(value);
    else if (Array.isArray(value)) (value as readonly Json[]).forEach(walk);
    else if (isObject(value)) {
      for (const [name, inner] of Object.entries(value)) {
        take(name);
        walk(inner);
      }
    }
  };
  const take = (text: string): void => {
    const declaration = namespaces.declarationFor(text);
    if (declaration !== undefined) used.set(...declaration);
  };
  walk(event);
  return used.size === 0
    ? [standardContext]
    : [standardContext, Object.fromEntries([...used].sort(([a], [b]) => (a < b ? -1 : 1)))];
}

/** What the context of a stored event declares besides the standard's. */
export function declaredIn(event: JsonObject): JsonObject {
  const [own] = listOf(event["@context"]).filter((part) => isObject(part));
  return own ?? {};
}
