import { isObject, objectsOf, type Json, type JsonObject } from "../proof/event.ts";

/** Where a document holds its events. */
export function eventsOf(document: JsonObject): {
  readonly pointer: string;
  readonly events: Json | undefined;
} {
  const body = document["epcisBody"];
  if (!isObject(body)) return { pointer: "/epcisBody", events: undefined };
  const results = body["queryResults"];
  if (document["type"] === "EPCISQueryDocument" && isObject(results)) {
    const inner = results["resultsBody"];
    const events = isObject(inner) ? inner["eventList"] : undefined;
    return { pointer: "/epcisBody/queryResults/resultsBody/eventList", events };
  }
  return { pointer: "/epcisBody/eventList", events: body["eventList"] };
}

export function eventObjectsOf(document: JsonObject): JsonObject[] {
  return objectsOf(eventsOf(document).events);
}
