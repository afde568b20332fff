import { canonicalNumber } from "../proof/canonical-value.ts";
import { isObject, textOf, written, type Json, type JsonObject } from "../proof/event.ts";
import type { EpcisEventRow } from "../epcis/epcis.entity.ts";
import { classRoles, epcRoles, linkRoles, type LinkRole } from "../epcis/link-roles.ts";
import { linksOf } from "../epcis/links.ts";
import { Namespaces } from "../proof/namespaces.ts";
import { parseStored } from "../epcis/stored-event.ts";
import { asBareWord } from "../proof/vocabulary.ts";
import { ExactDecimal } from "../math/exact-decimal.ts";
import { measured, type Measure } from "./units.ts";

/** What an event says of one thing. */
export interface Mention {
  readonly uri: string;
  readonly role: LinkRole;
  /** A lot, of which there is an amount; else a single item. */
  readonly isLot: boolean;
  /** As it is written; null where there is none. */
  readonly quantity: string | null;
  readonly unit: string | null;
}

/** An event of the record, read for its lineage. */
export interface ToldEvent {
  readonly row: EpcisEventRow;
  readonly time: number;
  /** ADD, OBSERVE or DELETE; empty for a transformation. */
  readonly action: string;
  /** The bare word of a standard value, else a URI. */
  readonly step: string;
  readonly dispositions: readonly string[];
  /** Persistent dispositions that no longer hold. */
  readonly lifted: readonly string[];
  readonly things: readonly Mention[];
  /** Names the transformation: its own id, or this event's. */
  readonly transformation: string;
  /** What several events of one transformation have in common; undefined where the event stands alone. */
  readonly transformationId: string | undefined;
  readonly loss: Measure | undefined;
  readonly places: readonly string[];
  readonly transactions: readonly string[];
  readonly lotNumber: string | undefined;
}

const lossName = "{urn:sheaf:epcis:}";
const thingRoles: readonly LinkRole[] = [...epcRoles, ...classRoles];

export function toldEvent(row: EpcisEventRow): ToldEvent {
  const event = parseStored(row.body);
  const namespaces = Namespaces.of(event["@context"]);
  const links = linksOf(event, namespaces);
  const named = (...roles: LinkRole[]): string[] =>
    links.filter(({ role }) => roles.includes(role)).map(({ uri }) => uri);
  const transformationId = named(linkRoles.transformation)[0];
  const step = named(linkRoles.bizStep)[0] ?? "";
  return {
    row,
    time: row.eventTime,
    action: textOf(event["action"]) ?? "",
    step: asBareWord("bizStep", step),
    dispositions: named(linkRoles.disposition, linkRoles.dispositionSet).map(disposition),
    lifted: named(linkRoles.dispositionUnset).map(disposition),
    things: links
      .filter(({ role }) => thingRoles.includes(role))
      .map(({ uri, role, quantity, uom }) => ({
        uri,
        role,
        isLot: classRoles.includes(role),
        quantity: quantity === null ? null : plain(quantity),
        unit: uom,
      })),
    transformation: transformationId ?? row.eventId,
    transformationId,
    loss: lossOf(event, namespaces),
    places: [...new Set(named(linkRoles.readPoint, linkRoles.bizLocation))],
    transactions: named(linkRoles.bizTransaction),
    lotNumber: lotNumberOf(event["ilmd"], namespaces),
  };
}

function disposition(uri: string): string {
  return asBareWord("disposition", uri);
}

/** The decimal text of a number as canonical JSON writes it, without an exponent. */
function plain(value: Json): string {
  return canonicalNumber(written(value)) ?? "0";
}

/** A single item is one piece. Undefined for a lot of which no quantity is told. */
export function measureOf({ isLot, quantity, unit }: Mention): Measure | undefined {
  if (!isLot) return { unit: null, amount: ExactDecimal.of("1") };
  return quantity === null ? undefined : measured(ExactDecimal.of(quantity), unit);
}

function lossOf(event: JsonObject, namespaces: Namespaces): Measure | undefined {
  const loss = ours(event, "declaredLoss", namespaces);
  if (!isObject(loss)) return undefined;
  const quantity = ours(loss, "quantity", namespaces);
  const unit = ours(loss, "uom", namespaces);
  const number = canonicalNumber(written(quantity));
  if (number === undefined) return undefined;
  return measured(ExactDecimal.of(number), textOf(unit) ?? null);
}

function ours(object: JsonObject, name: string, namespaces: Namespaces): Json | undefined {
  return Object.entries(object).find(
    ([key]) => namespaces.expandedName(key) === `${lossName}${name}`,
  )?.[1];
}

function lotNumberOf(ilmd: Json | undefined, namespaces: Namespaces): string | undefined {
  if (!isObject(ilmd)) return undefined;
  const name = "{urn:epcglobal:cbv:mda:}lotNumber";
  const found = Object.entries(ilmd).find(([key]) => namespaces.expandedName(key) === name);
  return found === undefined ? undefined : written(found[1]);
}
