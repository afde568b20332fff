import { BadInput, type Fault } from "../http/bad-input.ts";
import type { EpcisEventRow } from "./epcis.entity.ts";
import { canonicalNumber } from "../proof/canonical-value.ts";
import { isEventType } from "../proof/event.ts";
import {
  extensionTest,
  quantityTest,
  sensorTest,
  typedTest,
  actionTest,
  type Test,
} from "./event-tests.ts";
import { instantOf } from "../proof/instant.ts";
import { keyOf, termOf } from "./links.ts";
import { classRoles, epcRoles, linkRoles, type LinkRole } from "./link-roles.ts";
import type { VocabularyName } from "../proof/vocabulary.ts";

export type RawQuery = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Events that name one of these in one of these roles. */
export interface LinkCondition {
  readonly roles: readonly LinkRole[];
  readonly uris: readonly string[];
  /** All that begins with one of these, for patterns. */
  readonly beginnings: readonly string[];
}

export interface ColumnCondition {
  readonly column: keyof EpcisEventRow;
  readonly operator: "=" | ">=" | "<" | "IN" | "NOT NULL";
  readonly value: number | readonly string[];
}

/** A SimpleEventQuery (EPCIS 2.0, section 8.2.7.1), read. */
export interface EventQuery {
  readonly links: readonly LinkCondition[];
  readonly columns: readonly ColumnCondition[];
  /** What no index knows is asked of each event. */
  readonly tests: readonly Test[];
  /** Whether it asks for the history of things, transactions or events that it names one by one. */
  readonly namesThings: boolean;
  readonly orderBy: "id" | "eventTime";
  readonly descending: boolean;
  readonly eventCountLimit: number | undefined;
  readonly maxEventCount: number | undefined;
  readonly perPage: number;
  readonly nextPageToken: string | undefined;
}

/** The binding lets a server set it; a page of the largest events still fits into memory. */
const mostPerPage = 500;
const usualPerPage = 30;
/** Values in one parameter. */
const mostValues = 200;

/** How `/epcs/{epc}/events` asks; no parameter of the binding. */
export const anyThing = "/epcs";

const epcParameters: Readonly<Record<string, readonly LinkRole[]>> = {
  MATCH_epc: [linkRoles.epc, linkRoles.child],
  MATCH_parentID: [linkRoles.parent],
  MATCH_inputEPC: [linkRoles.inputEpc],
  MATCH_outputEPC: [linkRoles.outputEpc],
  MATCH_anyEPC: epcRoles,
  MATCH_epcClass: [linkRoles.quantity, linkRoles.childQuantity],
  MATCH_inputEPCClass: [linkRoles.inputQuantity],
  MATCH_outputEPCClass: [linkRoles.outputQuantity],
  MATCH_anyEPCClass: classRoles,
  // Of `/epcs/{epc}/events`: the resource lists single things and classes alike.
  [anyThing]: [...epcRoles, ...classRoles],
};

const keyParameters: Readonly<Record<string, LinkRole>> = {
  EQ_readPoint: linkRoles.readPoint,
  EQ_bizLocation: linkRoles.bizLocation,
  // No master data is kept, so no place is known to lie in another one.
  WD_readPoint: linkRoles.readPoint,
  WD_bizLocation: linkRoles.bizLocation,
  EQ_transformationID: linkRoles.transformation,
  EQ_correctiveEventID: linkRoles.correctiveEvent,
};

const termParameters: Readonly<Record<string, readonly [VocabularyName, LinkRole]>> = {
  EQ_bizStep: ["bizStep", linkRoles.bizStep],
  EQ_disposition: ["disposition", linkRoles.disposition],
  EQ_persistentDisposition_set: ["disposition", linkRoles.dispositionSet],
  EQ_persistentDisposition_unset: ["disposition", linkRoles.dispositionUnset],
  EQ_errorReason: ["errorReason", linkRoles.errorReason],
};

const timeParameters: Readonly<Record<string, ColumnCondition["column"]>> = {
  eventTime: "eventTime",
  recordTime: "recordTime",
  errorDeclarationTime: "declarationTime",
};

const typedParameter = /^EQ_(bizTransaction|source|destination)_(.+)$/;
const partnerRoles: Readonly<Record<string, LinkRole>> = {
  bizTransaction: linkRoles.bizTransaction,
  source: linkRoles.source,
  destination: linkRoles.destination,
};
const quantityParameter = /^(EQ|GT|GE|LT|LE)_quantity$/;
const sensorParameter =
  /^(?:EQ_(?:type|deviceID|dataProcessingMethod|microorganism|chemicalSubstance|bizRules|stringValue|hexBinaryValue|uriValue|booleanValue)|(?:GE|LT)_(?:startTime|endTime))$/;
const extensionParameter = /^(EQ|GT|GE|LT|LE|EXISTS)_(ILMD_)?((?:https?:\/\/|urn:).+)$/;

const thingRoles: readonly LinkRole[] = [
  ...epcRoles,
  ...classRoles,
  linkRoles.transformation,
  linkRoles.bizTransaction,
  linkRoles.correctiveEvent,
];

/** A pattern names nothing: it is how to find out what there is. */
function isOfThings({ roles, beginnings }: LinkCondition): boolean {
  return beginnings.length === 0 && roles.every((role) => thingRoles.includes(role));
}

/** @throws BadInput `EpcisQueryParameter` with every parameter that is wrong */
export function readQuery(raw: RawQuery): EventQuery {
  const reader = new QueryReader(raw);
  const query = reader.read();
  if (reader.faults.length > 0) throw new BadInput(reader.faults, "EpcisQueryParameter");
  return query;
}

/**
 * `?perPage=&nextPageToken=` of a list that takes nothing else.
 * @throws BadInput `EpcisQueryParameter`
 */
export function readPaging(raw: RawQuery): Pick<EventQuery, "perPage" | "nextPageToken"> {
  const strange = Object.keys(raw).filter((name) => !/^(?:perPage|nextPageToken)$/.test(name));
  if (strange.length > 0) {
    const detail = "is no parameter of this list";
    const faults = strange.map((parameter) => ({ parameter, detail }));
    throw new BadInput(faults, "EpcisQueryParameter");
  }
  return readQuery(raw);
}

class QueryReader {
  readonly faults: Fault[] = [];
  readonly #links: LinkCondition[] = [];
  readonly #columns: ColumnCondition[] = [];
  readonly #tests: Test[] = [];

  constructor(private readonly raw: RawQuery) {}

  read(): EventQuery {
    const orderBy = this.#one("orderBy", ["eventTime", "recordTime"]);
    const direction = this.#one("orderDirection", ["ASC", "DESC"]);
    const eventCountLimit = this.#count("eventCountLimit");
    const maxEventCount = this.#count("maxEventCount");
    const perPage = this.#count("perPage") ?? usualPerPage;
    if (eventCountLimit !== undefined && orderBy === undefined) {
      this.#fault("eventCountLimit", "needs orderBy");
    }
    if (eventCountLimit !== undefined && maxEventCount !== undefined) {
      this.#fault("maxEventCount", "excludes eventCountLimit");
    }
    for (const name of Object.keys(this.raw)) this.#take(name);
    return {
      links: this.#links,
      columns: this.#columns,
      tests: this.#tests,
      namesThings:
        this.#links.some(isOfThings) || this.#columns.some(({ column }) => column === "eventId"),
      orderBy: orderBy === "eventTime" ? "eventTime" : "id",
      descending: orderBy !== undefined && direction !== "ASC",
      eventCountLimit,
      maxEventCount,
      perPage: Math.min(perPage, mostPerPage),
      nextPageToken: this.#values("nextPageToken")[0],
    };
  }

  #take(name: string): void {
    if (
      /^(?:orderBy|orderDirection|eventCountLimit|maxEventCount|perPage|nextPageToken)$/.test(name)
    )
      return;
    const values = this.#values(name);
    if (values.length === 0 || values.length > mostValues) {
      this.#fault(name, `must have 1 to ${mostValues} values`);
      return;
    }
    const [, bound = "", timed = ""] = /^(GE|LT)_(\w+)$/.exec(name) ?? [];
    if (Object.hasOwn(epcParameters, name)) this.#epcs(name, values);
    else if (Object.hasOwn(keyParameters, name)) {
      this.#link(
        [keyParameters[name] ?? 1],
        values.map((value) => keyOf(value)),
      );
    } else if (Object.hasOwn(termParameters, name)) {
      const [vocabulary, role] = termParameters[name] ?? ["bizStep", 1];
      this.#link(
        [role],
        values.map((value) => termOf(vocabulary, value)),
      );
    } else if (Object.hasOwn(timeParameters, timed)) this.#time(name, bound, timed, values);
    else this.#takeOther(name, values);
  }

  #takeOther(name: string, values: readonly string[]): void {
    const [value = ""] = values;
    const typed = typedParameter.exec(name);
    const quantity = quantityParameter.exec(name);
    const extension = extensionParameter.exec(name);
    if (name === "eventType") {
      if (!values.every((type) => isEventType(type) || type.includes(":"))) {
        this.#fault(name, "must be an event type of EPCIS 2.0 or a URI");
      }
      this.#columns.push({ column: "type", operator: "IN", value: values });
    } else if (name === "EQ_eventID") {
      this.#columns.push({ column: "eventId", operator: "IN", value: values });
    } else if (name === "EQ_action") {
      if (!values.every((action) => /^(?:ADD|OBSERVE|DELETE)$/.test(action))) {
        this.#fault(name, "must be ADD, OBSERVE or DELETE");
      }
      this.#tests.push(actionTest(values));
    } else if (name === "EXISTS_errorDeclaration") {
      if (value !== "true" && value !== "false") this.#fault(name, "must be true or false");
      if (value === "true") {
        this.#columns.push({ column: "declarationTime", operator: "NOT NULL", value: 0 });
      }
    } else if (typed !== null) {
      const [, field = "", type = ""] = typed;
      this.#link(
        [partnerRoles[field] ?? 1],
        values.map((uri) => keyOf(uri)),
      );
      this.#tests.push(typedTest(field, type, values));
    } else if (quantity !== null) {
      const number = this.#number(name, value);
      if (number !== undefined) this.#tests.push(quantityTest(quantity[1] ?? "", number));
    } else if (sensorParameter.test(name)) this.#sensor(name, values);
    else if (extension !== null) {
      const [, operator = "", ilmd, field = ""] = extension;
      this.#tests.push(extensionTest(operator, ilmd !== undefined, field, values));
    } else this.#fault(name, "is no parameter of this query, or is not covered here");
  }

  #epcs(name: string, values: readonly string[]): void {
    const roles = epcParameters[name] ?? [];
    const isClass = roles.every((role) => classRoles.includes(role));
    const uris: string[] = [];
    const beginnings: string[] = [];
    for (const value of values) {
      const key = keyOf(value);
      if (key.includes("*") && key.startsWith("urn:epc:idpat:")) {
        this.#fault(
          name,
          `${value}: of patterns, those with a whole class and * after it are covered`,
        );
      }
      uris.push(key);
      // A pattern of single items matches every serial number (section 8.2.7.1.1).
      if (!isClass && value.startsWith("urn:epc:idpat:")) beginnings.push(`${key}/`);
    }
    this.#links.push({ roles, uris, beginnings });
  }

  #sensor(name: string, values: readonly string[]): void {
    if (name.endsWith("Time") && instantOf(values[0] ?? "") === undefined) {
      this.#fault(name, "must be a time with its offset, ISO 8601");
    }
    this.#tests.push(sensorTest(name, values));
  }

  #link(roles: readonly LinkRole[], uris: readonly string[]): void {
    this.#links.push({ roles, uris, beginnings: [] });
  }

  #time(name: string, bound: string, field: string, [value = ""]: readonly string[]): void {
    const instant = instantOf(value);
    if (instant === undefined) {
      this.#fault(name, "must be a time with its offset, ISO 8601");
      return;
    }
    const column = timeParameters[field] ?? "eventTime";
    this.#columns.push({ column, operator: bound === "GE" ? ">=" : "<", value: instant });
  }

  #number(name: string, text: string): number | undefined {
    if (canonicalNumber(text) !== undefined) return Number(text);
    this.#fault(name, "must be a number");
    return undefined;
  }

  #count(name: string): number | undefined {
    const [text] = this.#values(name);
    if (text === undefined) return undefined;
    if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
    this.#fault(name, "must be a whole number from 1");
    return undefined;
  }

  #one(name: string, choices: readonly string[]): string | undefined {
    const [text] = this.#values(name);
    if (text === undefined || choices.includes(text)) return text;
    this.#fault(name, `must be one of ${choices.join(", ")}`);
    return undefined;
  }

  /** `a|b`, or the parameter several times. */
  #values(name: string): string[] {
    const given = this.raw[name];
    const texts = typeof given === "string" ? [given] : (given ?? []);
    return texts.flatMap((text) => text.split("|")).filter((text) => text !== "");
  }

  #fault(parameter: string, detail: string): void {
    this.faults.push({ parameter, detail });
  }
}
