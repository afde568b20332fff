import { canonicalNumber, canonicalValue } from "../proof/canonical-value.ts";
import { isObject, listOf, objectsOf, textOf, written, type JsonObject } from "../proof/event.ts";
import { instantOf } from "../proof/instant.ts";
import { keyOf, termOf } from "./links.ts";
import { Namespaces } from "../proof/namespaces.ts";

/** What is asked of an event that no index knows. */
export type Test = (event: JsonObject, namespaces: Namespaces) => boolean;

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  EQ: (a, b) => a === b,
  GT: (a, b) => a > b,
  GE: (a, b) => a >= b,
  LT: (a, b) => a < b,
  LE: (a, b) => a <= b,
};

function compare(operator: string, a: number, b: number): boolean {
  return comparisons[operator]?.(a, b) ?? false;
}

export function actionTest(actions: readonly string[]): Test {
  return (event) => actions.includes(textOf(event["action"]) ?? "");
}

const quantityLists = [
  ...["quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList"],
];

export function quantityTest(operator: string, bound: number): Test {
  return (event) =>
    quantityLists
      .flatMap((list) => objectsOf(event[list]))
      .some(({ quantity }) => typeof quantity === "number" && compare(operator, quantity, bound));
}

/** `EQ_bizTransaction_po`, `EQ_source_owning_party`: one of these under this type. */
export function typedTest(field: string, type: string, uris: readonly string[]): Test {
  const vocabulary = field === "bizTransaction" ? "bizTransactionType" : "sourceOrDestinationType";
  const wanted = termOf(vocabulary, type);
  const keys = new Set(uris.map((uri) => keyOf(uri)));
  return (event, namespaces) =>
    objectsOf(event[`${field}List`]).some(
      (item) =>
        termOf(vocabulary, textOf(item["type"]) ?? "", namespaces) === wanted &&
        keys.has(keyOf(textOf(item[field]) ?? "", namespaces)),
    );
}

/** `EQ_deviceID`, `GE_startTime` and the like: in the metadata or in a report of a sensor element. */
export function sensorTest(parameter: string, values: readonly string[]): Test {
  const [operator = "", field = ""] = parameter.split("_", 2);
  const isTime = operator !== "EQ";
  const bound = instantOf(values[0] ?? "") ?? 0;
  const spelled = (value: string, namespaces: Namespaces): string =>
    field === "type"
      ? termOf("measurementType", value, namespaces)
      : field === "stringValue"
        ? value
        : keyOf(value, namespaces);
  return (event, namespaces) => {
    const wanted = new Set(values.map((value) => spelled(value, namespaces)));
    return objectsOf(event["sensorElementList"])
      .flatMap((element) => [
        ...objectsOf(element["sensorMetadata"]),
        ...objectsOf(element["sensorReport"]),
      ])
      .flatMap((part) => listOf(part[field]))
      .some((value) =>
        isTime
          ? compare(operator, instantOf(written(value)) ?? Number.NaN, bound)
          : wanted.has(spelled(written(value), namespaces)),
      );
  };
}

/** A field of a namespace, of the event or of its ILMD: `EQ_https://ns.example.com/field`. */
export function extensionTest(
  operator: string,
  isIlmd: boolean,
  uri: string,
  values: readonly string[],
): Test {
  const bound = Number(canonicalNumber(values[0] ?? "") ?? Number.NaN);
  return (event, namespaces) => {
    const holder = isIlmd ? event["ilmd"] : event;
    if (!isObject(holder)) return false;
    const found = Object.entries(holder)
      .filter(([name]) => name.includes(":") && namespaces.expandedValue(name) === uri)
      .flatMap(([, value]) => listOf(value));
    if (operator === "EXISTS") return found.length > 0;
    const wanted = values.map((value) => canonicalValue(value, namespaces));
    return found.some((value) => {
      if (typeof value === "object") return false;
      const text = canonicalValue(value, namespaces);
      return operator === "EQ" ? wanted.includes(text) : compare(operator, Number(text), bound);
    });
  };
}
