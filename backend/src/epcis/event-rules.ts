import type { Fault } from "../http/bad-input.ts";
import { isObject, listOf, objectsOf, type Json, type JsonObject } from "../proof/event.ts";
import { strangeContexts, type Namespaces } from "../proof/namespaces.ts";

/** What the standard says of several fields together (EPCIS 2.0, section 7.4). */
export function faultsOfRules(event: JsonObject): Fault[] {
  const has = (...names: string[]): boolean => names.some((name) => listOf(event[name]).length > 0);
  const given = (...names: string[]): boolean => names.some((name) => event[name] !== undefined);
  const unless = (fine: boolean, pointer: string, detail: string): Fault[] =>
    fine ? [] : [{ pointer, detail }];
  const removes = event["action"] === "DELETE";
  switch (event["type"]) {
    case "ObjectEvent":
      return [
        ...unless(
          given("epcList") ||
            has("quantityList") ||
            (has("sensorElementList") && given("readPoint")),
          "/epcList",
          "is required where there is neither a quantityList nor sensor data of a readPoint",
        ),
        ...unless(
          !given("ilmd") || event["action"] === "ADD",
          "/ilmd",
          "comes with the action ADD alone",
        ),
      ];
    case "AggregationEvent":
      return [
        ...unless(
          has("childEPCs", "childQuantityList") || removes,
          "/childEPCs",
          "is required where there is no childQuantityList",
        ),
        ...unless(
          given("parentID") || event["action"] === "OBSERVE",
          "/parentID",
          "is required with the actions ADD and DELETE",
        ),
      ];
    case "AssociationEvent":
      return unless(
        has("childEPCs", "childQuantityList") || removes,
        "/childEPCs",
        "is required where there is no childQuantityList",
      );
    case "TransactionEvent":
      return unless(
        given("epcList") || has("quantityList") || removes || given("parentID"),
        "/epcList",
        "is required where there is neither a quantityList nor a parentID",
      );
    case "TransformationEvent": {
      const inputs = has("inputEPCList", "inputQuantityList");
      const outputs = has("outputEPCList", "outputQuantityList");
      const linked = given("transformationID") && (inputs || outputs);
      return [
        ...unless(inputs || linked, "/inputEPCList", "or inputQuantityList is required"),
        ...unless(outputs || linked, "/outputEPCList", "or outputQuantityList is required"),
      ];
    }
    default:
      return [];
  }
}

/** Names whose prefix nobody declares: nothing is fetched to find out. */
export function faultsOfNames(event: JsonObject, namespaces: Namespaces): Fault[] {
  const places: [string, unknown][] = [
    ["", event],
    ["/ilmd", event["ilmd"]],
    ["/errorDeclaration", event["errorDeclaration"]],
    ["/readPoint", event["readPoint"]],
    ["/bizLocation", event["bizLocation"]],
    ...objectsOf(event["sensorElementList"]).flatMap((element, at): [string, unknown][] => {
      const pointer = `/sensorElementList/${at}`;
      return [
        [pointer, element],
        [`${pointer}/sensorMetadata`, element["sensorMetadata"]],
        ...objectsOf(element["sensorReport"]).map((report, place): [string, unknown] => [
          `${pointer}/sensorReport/${place}`,
          report,
        ]),
      ];
    }),
  ];
  return places.flatMap(([pointer, object]) =>
    Object.keys(isObject(object) ? object : {})
      .filter((name) => name.includes(":") && namespaces.expandedName(name) === undefined)
      .map((name) => ({
        pointer: `${pointer}/${escapedName(name)}`,
        detail: `has the prefix "${name.slice(0, name.indexOf(":"))}", which @context does not declare`,
      })),
  );
}

/** Contexts elsewhere may say anything, and nothing is fetched. */
export function faultsOfContext(context: Json | undefined, pointer: string): Fault[] {
  return strangeContexts(context).map(({ place, uri }) => ({
    pointer: Array.isArray(context) ? `${pointer}/${place}` : pointer,
    detail: `${uri} is not fetched: write the prefixes that are used into the document`,
  }));
}

/** RFC 6901 */
export function escapedName(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** Halves of surrogate pairs are in no text that UTF-8 could carry, nor in canonical JSON. */
export function faultsOfText(value: Json | undefined, pointer = ""): Fault[] {
  if (typeof value === "string") {
    return value.isWellFormed() ? [] : [{ pointer, detail: "holds half of a surrogate pair" }];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value as JsonObject).flatMap(([name, inner]) =>
    name.isWellFormed()
      ? faultsOfText(inner, `${pointer}/${escapedName(name)}`)
      : [{ pointer, detail: "has a name that holds half of a surrogate pair" }],
  );
}
