import {
  isObject,
  listOf,
  objectsOf,
  textOf,
  textsOf,
  type Json,
  type JsonObject,
} from "../proof/event.ts";
import type { EpcisLinkRow, EpcisMemberRow, MemberKind } from "./epcis.entity.ts";
import { canonicalKey } from "../proof/gs1-key.ts";
import { historyRoles, linkRoles, type LinkRole } from "./link-roles.ts";
import type { Namespaces } from "../proof/namespaces.ts";
import { asWebUri, spelledOut, type VocabularyName } from "../proof/vocabulary.ts";

/** What an event names. */
export type Link = Omit<EpcisLinkRow, "event">;

/** The one spelling under which a key or a place is kept and looked up. */
export function keyOf(uri: string, namespaces?: Namespaces): string {
  const whole = namespaces?.expandedValue(uri) ?? uri;
  return canonicalKey(whole) ?? whole;
}

/** The one spelling of a value of a vocabulary: its Web URI. */
export function termOf(vocabulary: VocabularyName, value: string, namespaces?: Namespaces): string {
  const spelled = spelledOut(vocabulary, value);
  return asWebUri(namespaces?.expandedValue(spelled) ?? spelled);
}

const epcFields: readonly (readonly [string, LinkRole])[] = [
  ["epcList", linkRoles.epc],
  ["parentID", linkRoles.parent],
  ["childEPCs", linkRoles.child],
  ["inputEPCList", linkRoles.inputEpc],
  ["outputEPCList", linkRoles.outputEpc],
  ["transformationID", linkRoles.transformation],
];

const quantityFields: readonly (readonly [string, LinkRole])[] = [
  ["quantityList", linkRoles.quantity],
  ["childQuantityList", linkRoles.childQuantity],
  ["inputQuantityList", linkRoles.inputQuantity],
  ["outputQuantityList", linkRoles.outputQuantity],
];

const partnerFields: readonly (readonly [string, string, LinkRole])[] = [
  ["bizTransactionList", "bizTransaction", linkRoles.bizTransaction],
  ["sourceList", "source", linkRoles.source],
  ["destinationList", "destination", linkRoles.destination],
];

export function linksOf(event: JsonObject, namespaces: Namespaces): Link[] {
  const plain = (role: LinkRole, uris: readonly string[]): Link[] =>
    uris.map((uri, place) => ({ uri, role, place, quantity: null, uom: null }));
  const keys = (role: LinkRole, uris: readonly string[]): Link[] =>
    plain(
      role,
      uris.map((uri) => keyOf(uri, namespaces)),
    );
  const terms = (role: LinkRole, vocabulary: VocabularyName, value: Json | undefined): Link[] =>
    plain(
      role,
      textsOf(value).map((word) => termOf(vocabulary, word, namespaces)),
    );
  const part = (name: string): JsonObject => (isObject(event[name]) ? event[name] : {});
  return [
    ...epcFields.flatMap(([name, role]) => keys(role, textsOf(event[name]))),
    ...quantityFields.flatMap(([name, role]) =>
      objectsOf(event[name]).map((element, place) => ({
        uri: keyOf(textOf(element["epcClass"]) ?? "", namespaces),
        role,
        place,
        quantity: typeof element["quantity"] === "number" ? element["quantity"] : null,
        uom: textOf(element["uom"]) ?? null,
      })),
    ),
    ...partnerFields.flatMap(([list, name, role]) =>
      keys(
        role,
        objectsOf(event[list]).map((item) => textOf(item[name]) ?? ""),
      ),
    ),
    ...keys(linkRoles.readPoint, textsOf(part("readPoint")["id"])),
    ...keys(linkRoles.bizLocation, textsOf(part("bizLocation")["id"])),
    ...terms(linkRoles.bizStep, "bizStep", event["bizStep"]),
    ...terms(linkRoles.disposition, "disposition", event["disposition"]),
    ...terms(linkRoles.dispositionSet, "disposition", part("persistentDisposition")["set"]),
    ...terms(linkRoles.dispositionUnset, "disposition", part("persistentDisposition")["unset"]),
    ...terms(linkRoles.errorReason, "errorReason", part("errorDeclaration")["reason"]),
    ...plain(
      linkRoles.correctiveEvent,
      listOf(part("errorDeclaration")["correctiveEventIDs"]).map(String),
    ),
  ];
}

/** What an event belongs to the history of. */
export function historiesOf(links: readonly Pick<Link, "uri" | "role">[]): string[] {
  const named = links.filter(({ role }) => historyRoles.includes(role)).map(({ uri }) => uri);
  return [...new Set(named)];
}

const membersOfRole: Readonly<Partial<Record<LinkRole, MemberKind>>> = {
  ...{ 1: "epcs", 2: "epcs", 3: "epcs", 4: "epcs", 5: "epcs" },
  ...{ 11: "epcs", 13: "epcs", 14: "epcs", 15: "epcs" },
  [linkRoles.readPoint]: "readPoints",
  [linkRoles.bizLocation]: "bizLocations",
  [linkRoles.bizStep]: "bizSteps",
  [linkRoles.disposition]: "dispositions",
};

/** What the top-level resources list of an event. */
export function membersOf(type: string, links: readonly Link[]): Omit<EpcisMemberRow, "party">[] {
  const named = links.flatMap(({ uri, role }) => {
    const kind = membersOfRole[role];
    return kind === undefined ? [] : [{ kind, uri }];
  });
  return [{ kind: "eventTypes", uri: type }, ...named];
}
