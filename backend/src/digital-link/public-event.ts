import { isObject, type Json, type JsonObject } from "../proof/event.ts";
import type { ProvableEvent } from "../proof/provable-event.ts";

/** An event as anybody may see it; of one that is withheld, what it is committed to, and not what it says. */
export type PublicEvent =
  | (ProvableEvent & { readonly withheld?: never })
  | (Omit<ProvableEvent, "event"> & { readonly event: null; readonly withheld: Withheld });

/** Why: it names a place too exactly, it may name a person, or it has fields of which nobody knows what is in them. */
export type Withheld = "place" | "person" | "field";

/** Hides the events that say more than a stranger should be told. */
export function madePublic(event: ProvableEvent): PublicEvent {
  const withheld = reasonToWithhold(event.event);
  return withheld === undefined ? event : { ...event, event: null, withheld };
}

const known = /^(?:cbvmda|gs1|epcis|cbv|sheaf|rdfs):/;
/** Namespaces that the prefixes above stand for, and that a name may spell out. */
const spelled = /^(?:urn:epcglobal:cbv:mda:|https:\/\/(?:ref\.)?gs1\.org\/|urn:sheaf:epcis:)/;
const ourNamespace = "urn:sheaf:epcis:";

/** Finer than a tenth of a degree: some ten kilometres. */
const finePoint =
  /-?\d{1,3}\.\d{2,}\s*[,;]\s*-?\d{1,3}\.\d+|-?\d{1,3}\.\d+\s*[,;]\s*-?\d{1,3}\.\d{2,}/;
const phone = /(?<![\w.-])(?:\+\d{1,3}[\s-]?)?1[3-9]\d(?:[\s-]?\d{4}){2}(?![\w-])/;
const mail = /^mailto:|^tel:|[\w.+-]+@[\w-]+\.[a-z]{2,}/i;
const placing = /latitude|longitude|coordinate/i;
const naming = /(?:person|farmer|driver|contact|phone|mobile|email|givenName|familyName)/i;

/** Undefined for an event that everybody may read. */
function reasonToWithhold(event: JsonObject): Withheld | undefined {
  const { "@context": context, ...said } = event;
  if (!isOursAlone(context)) return "field";
  return reasonIn(said);
}

/** A context may only declare our own prefix: with others, names mean what we do not know. */
function isOursAlone(context: Json | undefined): boolean {
  const parts = Array.isArray(context) ? (context as readonly Json[]) : [context];
  return parts.every(
    (part) =>
      !isObject(part as Json) ||
      Object.entries(part as JsonObject).every(
        ([prefix, meaning]) => prefix === "sheaf" && meaning === ourNamespace,
      ),
  );
}

function reasonIn(value: Json): Withheld | undefined {
  if (typeof value === "string") return reasonInText(value);
  if (Array.isArray(value)) return first(value as readonly Json[], reasonIn);
  if (!isObject(value)) return undefined;
  return first(Object.entries(value), ([name, inner]) => {
    if (placing.test(name)) return "place";
    if (naming.test(name)) return "person";
    const isStrange = name.includes(":") && !known.test(name) && !spelled.test(name);
    return isStrange ? "field" : reasonIn(inner);
  });
}

function reasonInText(text: string): Withheld | undefined {
  if (finePoint.test(text) || placing.test(text)) return "place";
  return phone.test(text) || mail.test(text) ? "person" : undefined;
}

function first<T>(
  items: readonly T[],
  reason: (item: T) => Withheld | undefined,
): Withheld | undefined {
  for (const item of items) {
    const found = reason(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
