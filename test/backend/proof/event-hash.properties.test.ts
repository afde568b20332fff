import { expect } from "chai";
import fc from "fast-check";
import { isObject, type Json, type JsonObject } from "../../../backend/src/proof/event.ts";
import { eventHash } from "../../../backend/src/proof/event-hash.ts";
import { Namespaces } from "../../../backend/src/proof/namespaces.ts";
import { context } from "../epcis/own-events.ts";

const spaces = Namespaces.of(context);
const runs = { numRuns: 300 };

const digits = (length: number): fc.Arbitrary<string> =>
  fc.string({
    unit: fc.constantFrom(...Array.from("0123456789")),
    minLength: length,
    maxLength: length,
  });
const name = fc.string({
  unit: fc.constantFrom(...Array.from("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789-")),
  minLength: 1,
  maxLength: 12,
});

/** The weights 3 and 1 from the right: GS1 General Specifications, section 7.9. */
function withCheckDigit(body: string): string {
  let sum = 0;
  for (let place = 0; place < body.length; place += 1) {
    sum += Number(body[body.length - 1 - place]) * (place % 2 === 0 ? 3 : 1);
  }
  return body + String((10 - (sum % 10)) % 10);
}

/** One key in two spellings. */
interface Spelled {
  readonly urn: string;
  readonly link: string;
}

const gtin = fc.tuple(digits(7), digits(6), name);
const item: fc.Arbitrary<Spelled> = gtin.map(([prefix, reference, serial]) => ({
  urn: `urn:epc:id:sgtin:${prefix}.${reference}.${serial}`,
  link: `https://shop.example/01/${withCheckDigit(reference[0]! + prefix + reference.slice(1))}/21/${serial}?x=1`,
}));
const lot: fc.Arbitrary<Spelled> = gtin.map(([prefix, reference, code]) => ({
  urn: `urn:epc:class:lgtin:${prefix}.${reference}.${code}`,
  link: `https://id.gs1.org/01/${withCheckDigit(reference[0]! + prefix + reference.slice(1))}/10/${code}`,
}));
const pallet: fc.Arbitrary<Spelled> = fc.tuple(digits(7), digits(10)).map(([prefix, serial]) => ({
  urn: `urn:epc:id:sscc:${prefix}.${serial}`,
  link: `http://id.example.org/some/path/00/${withCheckDigit(serial[0]! + prefix + serial.slice(1))}`,
}));
const place: fc.Arbitrary<Spelled> = fc.tuple(digits(7), digits(5)).map(([prefix, reference]) => ({
  urn: `urn:epc:id:sgln:${prefix}.${reference}.0`,
  link: `https://id.gs1.org/414/${withCheckDigit(prefix + reference)}`,
}));

const bizStep = fc.constantFrom("shipping", "receiving", "storing", "accepting");
const sample = fc.record({
  seconds: fc.integer({ min: 0, max: 4_000_000_000 }),
  fraction: fc.integer({ min: 0, max: 999 }),
  items: fc.uniqueArray(item, { minLength: 1, maxLength: 5, selector: ({ urn }) => urn }),
  pallet,
  lot,
  place,
  bizStep,
  hundredths: fc.integer({ min: 1, max: 10_000_000 }),
  words: fc.uniqueArray(name, { minLength: 2, maxLength: 4 }),
});
type Sample = typeof sample extends fc.Arbitrary<infer T> ? T : never;

type Spelling = keyof Spelled;

function eventOf(from: Sample, how: Spelling = "urn"): JsonObject {
  const time = new Date(from.seconds * 1000 + from.fraction).toISOString();
  return {
    type: "ObjectEvent",
    eventTime: time,
    eventTimeZoneOffset: "+08:00",
    action: "OBSERVE",
    epcList: [...from.items.map((each) => each[how]), from.pallet[how]],
    quantityList: [{ epcClass: from.lot[how], quantity: from.hundredths / 100, uom: "KGM" }],
    bizStep: from.bizStep,
    readPoint: { id: from.place[how] },
    bizTransactionList: [{ type: "po", bizTransaction: "https://farm.example/orders/7" }],
    sensorElementList: [
      {
        sensorReport: [
          { type: "Temperature", value: from.hundredths / 100, uom: "CEL" },
          { type: "RelativeHumidity", value: 88, uom: "A93" },
        ],
      },
    ],
    "farm:words": from.words,
    "farm:about": { "farm:first": from.words[0]!, "farm:second": from.words[1]! },
  };
}

function turned(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(turned).reverse();
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, turned(inner)]),
  );
}

function atOffset(seconds: number, milliseconds: number, hours: number): string {
  const local = new Date((seconds + hours * 3600) * 1000 + milliseconds);
  const sign = hours < 0 ? "-" : "+";
  return `${local.toISOString().slice(0, -1)}${sign}${String(Math.abs(hours)).padStart(2, "0")}:00`;
}

describe("The event hash, whatever the event", function () {
  this.timeout(60_000);
  const same = (a: JsonObject, b: JsonObject): void => {
    expect(eventHash(a, spaces)).to.equal(eventHash(b, spaces));
  };
  const other = (a: JsonObject, b: JsonObject): void => {
    expect(eventHash(a, spaces)).not.to.equal(eventHash(b, spaces));
  };

  it("does not depend on the order of fields and lists", () => {
    fc.assert(
      fc.property(sample, (from) => {
        same(eventOf(from), turned(eventOf(from)) as JsonObject);
      }),
      runs,
    );
  });

  it("does not depend on whether a key is an EPC URN or a Digital Link of any host", () => {
    fc.assert(
      fc.property(sample, (from) => {
        same(eventOf(from, "urn"), eventOf(from, "link"));
      }),
      runs,
    );
  });

  it("does not depend on whether a standard value is a bare word, a compact URI, a Web URI or a URN", () => {
    fc.assert(
      fc.property(sample, (from) => {
        const event = eventOf(from);
        for (const spelled of [
          `cbv:BizStep-${from.bizStep}`,
          `https://ref.gs1.org/cbv/BizStep-${from.bizStep}`,
          `urn:epcglobal:cbv:bizstep:${from.bizStep}`,
        ]) {
          same(event, { ...event, bizStep: spelled });
        }
      }),
      runs,
    );
  });

  it("does not depend on the time zone in which a time is written", () => {
    fc.assert(
      fc.property(sample, fc.integer({ min: -13, max: 14 }), (from, hours) => {
        const eventTime = atOffset(from.seconds, from.fraction, hours);
        same(eventOf(from), { ...eventOf(from), eventTime });
      }),
      runs,
    );
  });

  it("does not depend on how a number is written", () => {
    fc.assert(
      fc.property(sample, fc.integer({ min: 0, max: 6 }), (from, zeros) => {
        const plain = (from.hundredths / 100).toFixed(2);
        const written = [
          plain,
          `${plain}${"0".repeat(zeros)}`,
          `0${plain}`,
          `${from.hundredths}e-2`,
        ];
        const [first, ...rest] = written.map((text) => ({ ...eventOf(from), "farm:mass": text }));
        for (const each of rest) same(first!, each);
        same(first!, { ...eventOf(from), "farm:mass": from.hundredths / 100 });
      }),
      runs,
    );
  });

  it("does not depend on the prefix that stands for a namespace", () => {
    fc.assert(
      fc.property(sample, (from) => {
        const event = JSON.stringify(eventOf(from)).replaceAll('"farm:', '"hof:');
        const hof = Namespaces.of([{ hof: "https://farm.example/terms/" }]);
        expect(eventHash(JSON.parse(event) as JsonObject, hof)).to.equal(
          eventHash(eventOf(from), spaces),
        );
      }),
      runs,
    );
  });

  it("changes with every field that is hashed", () => {
    fc.assert(
      fc.property(sample, sample, (from, another) => {
        const event = eventOf(from);
        const changed = eventOf(another);
        for (const field of Object.keys(event).filter((key) => key !== "type")) {
          const differs =
            JSON.stringify(turned(event[field]!)) !== JSON.stringify(turned(changed[field]!));
          const sets =
            field === "farm:words" &&
            [...from.words].sort().join() === [...another.words].sort().join();
          if (differs && !sets) other(event, { ...event, [field]: changed[field]! });
          const { [field]: _, ...without } = event;
          other(event, without);
        }
        other(event, { ...event, eventTimeZoneOffset: "+07:00" });
        other(event, { ...event, type: "TransactionEvent" });
      }),
      runs,
    );
  });
});
