import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { eventsOf } from "../../../backend/src/epcis/document.ts";
import { isObject, written, type Json, type JsonObject } from "../../../backend/src/proof/event.ts";
import { checkDocument } from "../../../backend/src/epcis/validator.ts";
import { coldStore, document, harvest, packing } from "./own-events.ts";

const examples = fileURLToPath(new URL("../../../../shared/data/epcis/examples", import.meta.url));

async function pointersOf(broken: Json): Promise<string[]> {
  const { faults, events } = await checkDocument(broken);
  return [...faults, ...events.flatMap((event) => event.faults)].map(
    ({ pointer }) => pointer ?? "",
  );
}

interface Variant {
  readonly what: string;
  readonly broken: JsonObject;
  readonly pointer: string;
}

/** A copy in which what a pointer leads to is another value, or gone. */
function changed(value: Json, pointer: string, to: Json | undefined): JsonObject {
  const copy = structuredClone(value) as Record<string, Json>;
  const path = pointer.split("/").slice(1);
  const last = path.pop()!;
  const holder = path.reduce<Record<string, Json>>(
    (inner, name) => inner[name] as Record<string, Json>,
    copy,
  );
  if (to === undefined) Reflect.deleteProperty(holder, last);
  else holder[last] = to;
  return copy;
}

const always = ["type", "eventTime", "eventTimeZoneOffset"];
const required: Readonly<Record<string, readonly string[]>> = {
  ObjectEvent: [...always, "action"],
  AggregationEvent: [...always, "action"],
  AssociationEvent: [...always, "action", "parentID"],
  TransactionEvent: [...always, "action", "bizTransactionList"],
  TransformationEvent: always,
};
const words = ["bizStep", "disposition", "action", "type"];
const keys = ["parentID", "readPoint/id", "bizLocation/id", "epcList/0", "childEPCs/0"];
const moreKeys = ["inputEPCList/0", "outputEPCList/0", "quantityList/0/epcClass"];

/** Each event of a document, broken in each of the ways that there are. */
function variantsOf(good: JsonObject): Variant[] {
  const { pointer, events } = eventsOf(good);
  const variants: Variant[] = [];
  const take = (what: string, at: string, to?: Json): void => {
    variants.push({ what: `${what} at ${at}`, broken: changed(good, at, to), pointer: at });
  };
  for (const name of ["@context", "type", "epcisBody"]) take("nothing", `/${name}`);
  for (const [place, event] of (events as JsonObject[]).entries()) {
    const at = `${pointer}/${place}`;
    const value = (path: string): Json | undefined =>
      path
        .split("/")
        .reduce<Json | undefined>(
          (inner, name) => (inner as JsonObject | undefined)?.[name],
          event,
        );
    for (const name of required[written(event["type"])] ?? []) take("nothing", `${at}/${name}`);
    for (const name of words)
      if (value(name) !== undefined) take("a strange word", `${at}/${name}`, "sleeping");
    for (const time of ["2019-02-30T10:00:00Z", "2019-02-03", "2019-02-03T10:00:00", "yesterday"]) {
      take(time, `${at}/eventTime`, time);
    }
    take("no offset", `${at}/eventTimeZoneOffset`, "+25:00");
    for (const path of [...keys, ...moreKeys]) {
      if (value(path) === undefined) continue;
      take("a wrong check digit", `${at}/${path}`, "https://id.gs1.org/01/09500001123457/21/1");
      take("too few digits", `${at}/${path}`, "urn:epc:id:sgtin:950000.112345.1");
      take("no URI", `${at}/${path}`, "pallet 7");
      take("no text", `${at}/${path}`, 7);
    }
    take("a field of nobody", `${at}/colour`, "orange");
    take("a prefix of nobody", `${at}/nobody:colour`, "orange");
  }
  return variants;
}

async function refusesEach(good: JsonObject): Promise<void> {
  expect(await pointersOf(good)).to.deep.equal([]);
  for (const { what, broken, pointer } of variantsOf(good)) {
    expect(await pointersOf(broken), what).to.include(pointer);
  }
}

describe("A broken document", function () {
  this.timeout(60_000);

  it("of ours is refused with the place of its fault", async () => {
    await refusesEach(document(harvest(), packing(), coldStore()));
  });

  it("is refused for its key's check digit, whatever the kind of key", async () => {
    const wrong = {
      sscc: "https://id.gs1.org/00/095000010000000013",
      gtin: "https://farm.example/01/9500001123457/10/M-17",
      gln: "https://id.gs1.org/414/9500001000013",
      party: "https://id.gs1.org/417/9500001000013",
      asset: "https://id.gs1.org/8003/09500001000013",
    };
    for (const [kind, key] of Object.entries(wrong)) {
      const places = await pointersOf(document(harvest({ epcList: [key] })));
      expect(places, kind).to.deep.equal(["/epcisBody/eventList/0/epcList/0"]);
    }
  });

  it("is refused for what several fields say together", async () => {
    const at = async (pointer: string, event: JsonObject): Promise<void> => {
      expect(await pointersOf(document(event))).to.deep.equal([`/epcisBody/eventList/0${pointer}`]);
    };
    const { quantityList, ilmd, inputQuantityList, ...rest } = { ...harvest(), ...packing() };
    expect([quantityList, ilmd, inputQuantityList]).not.to.include(undefined);
    await at("/ilmd", harvest({ action: "OBSERVE" }));
    const { quantityList: _, ...nothing } = harvest();
    await at("/epcList", nothing);
    const { inputQuantityList: __, ...made } = packing();
    await at("/inputEPCList", made);
    expect(rest).to.be.an("object");
  });

  it("is refused for a prefix that only a context elsewhere could explain: nothing is fetched", async () => {
    const elsewhere = changed(document(harvest()), "/@context/1", "https://farm.example/context");
    expect(await pointersOf(elsewhere)).to.include.members([
      "/@context/1",
      "/epcisBody/eventList/0/farm:pickers",
    ]);
  });

  it("is refused where it is no document at all", async () => {
    for (const nothing of [null, 7, "text", [], {}] as Json[]) {
      expect(await pointersOf(nothing), JSON.stringify(nothing)).not.to.be.empty;
    }
    expect(isObject([])).to.equal(false);
  });

  describe("made of an official example", () => {
    // They are not in the repository, and not everyone has them.
    const files = existsSync(examples) ? readdirSync(examples) : [];
    if (files.length === 0) it("is not on this machine");
    for (const name of files.filter((file) => file.endsWith(".jsonld"))) {
      it(`is refused with the place of its fault: ${name}`, async () => {
        await refusesEach(JSON.parse(readFileSync(`${examples}/${name}`, "utf8")) as JsonObject);
      });
    }
  });
});
