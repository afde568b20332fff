import type { JsonObject } from "../../../backend/src/proof/event.ts";
import { checkDigitOf } from "../../../backend/src/proof/check-digit.ts";

/** Fields whose harvests a batch is mixed from, and pallets that it is sold on. */
interface Size {
  readonly fields: number;
  readonly pallets: number;
}

/** By how many events its lineage has: two for each field, four for each pallet, and six. */
const sizes: ReadonlyMap<number, Size> = new Map([
  [10, { fields: 2, pallets: 0 }],
  [50, { fields: 10, pallets: 6 }],
  [500, { fields: 47, pallets: 100 }],
]);
export const lengths = [...sizes.keys()];

/** Of a hundred batches: most are small. Together they have about as many events of each length. */
const shares: readonly (readonly [length: number, share: number])[] = [
  [10, 80],
  [50, 18],
  [500, 2],
];

const cooperatives = 40;
const shops = 400;
/** Reusable crates: each carries one batch after another, the more often the larger the ledger. */
const crates = 500;
const hour = 3_600_000;
const start = Date.UTC(2025, 8, 1);

interface Told {
  readonly party: number;
  readonly event: JsonObject;
}

export interface Batch {
  readonly lot: string;
  readonly length: number;
  readonly events: readonly Told[];
}

export const eventContext = [
  "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
  { sheaf: "urn:sheaf:epcis:" },
];

export function batchOf(number: number): Batch {
  const place = (number * 37) % 100;
  let seen = 0;
  const [length] = shares.find(([, share]) => place < (seen += share)) ?? [10];
  const size = sizes.get(length) ?? { fields: 2, pallets: 0 };
  return { lot: lotOf(number, "rice"), length, events: [...eventsOf(number, size)] };
}

/** From the fields through a mill and a warehouse, on pallets and in crates, to the shops. */
function* eventsOf(number: number, { fields, pallets }: Size): Generator<Told> {
  const party = number % cooperatives;
  const mill = cooperatives + (number % 7);
  const store = cooperatives + 7 + (number % 5);
  let at = start + number * 2 * hour;
  const common = (type: string, owner: number, place: string, step: string): JsonObject => {
    at += hour / 4;
    const id = { id: `https://party-${owner}.example/places/${place}` };
    return {
      type,
      eventTime: new Date(at).toISOString(),
      eventTimeZoneOffset: "+08:00",
      bizStep: step,
      readPoint: id,
      bizLocation: id,
    };
  };
  const kilograms = (lot: string, quantity: number): JsonObject => ({
    epcClass: lot,
    quantity,
    uom: "KGM",
  });
  const each = 400;
  const total = fields * each;
  for (let field = 0; field < fields; field += 1) {
    const raw = lotOf(number, `field-${field}`);
    yield {
      party,
      event: {
        ...common("ObjectEvent", party, `paddy-${field}`, "commissioning"),
        action: "ADD",
        disposition: "active",
        quantityList: [kilograms(raw, each + 0.5)],
        ilmd: { "cbvmda:lotNumber": `${number}-field-${field}`, "cbvmda:countryOfOrigin": "CN" },
      },
    };
    yield {
      party,
      event: {
        ...common("TransformationEvent", party, "grading-house", "inspecting"),
        inputQuantityList: [kilograms(raw, each + 0.5)],
        outputQuantityList: [kilograms(lotOf(number, `graded-${field}`), each)],
        "sheaf:declaredLoss": { "sheaf:quantity": 0.5, "sheaf:uom": "KGM" },
      },
    };
  }
  const paddy = lotOf(number, "paddy");
  const rice = lotOf(number, "rice");
  const receipt = [
    { type: "recadv", bizTransaction: `urn:sheaf:receipt:0x${String(number).padStart(64, "0")}` },
  ];
  const graded = Array.from({ length: fields }, (_, field) =>
    kilograms(lotOf(number, `graded-${field}`), each),
  );
  yield {
    party,
    event: {
      ...common("TransformationEvent", party, "silo", "packing"),
      inputQuantityList: graded,
      outputQuantityList: [kilograms(paddy, total)],
    },
  };
  const moved = (step: string, owner: number, what: JsonObject): Told => ({
    party: owner,
    event: { ...common("ObjectEvent", owner, "gate", step), action: "OBSERVE", ...what },
  });
  const all = { quantityList: [kilograms(paddy, total)] };
  yield moved("shipping", party, all);
  yield moved("receiving", mill, all);
  yield {
    party: mill,
    event: {
      ...common("TransformationEvent", mill, "mill", "packing"),
      inputQuantityList: [kilograms(paddy, total)],
      outputQuantityList: [kilograms(rice, total * 0.7)],
      "sheaf:declaredLoss": { "sheaf:quantity": total * 0.3, "sheaf:uom": "KGM" },
      ilmd: { "cbvmda:lotNumber": `${number}-rice` },
    },
  };
  const bagged = { quantityList: [kilograms(rice, total * 0.7)] };
  yield moved("receiving", store, { ...bagged, bizTransactionList: receipt });
  yield moved("storing", store, { ...bagged, bizTransactionList: receipt });
  for (let pallet = 0; pallet < pallets; pallet += 1) {
    const isCrate = pallet % 2 === 1;
    const carrier = isCrate ? crateOf(number * 31 + pallet) : palletOf(number * 128 + pallet);
    const shop = 100 + ((number * 17 + pallet) % shops);
    const part = [kilograms(rice, 2)];
    const aggregation = (owner: number, action: string, step: string): Told => ({
      party: owner,
      event: {
        ...common("AggregationEvent", owner, "dock", step),
        action,
        parentID: carrier,
        ...(action === "ADD" && { childQuantityList: part }),
      },
    });
    yield aggregation(store, "ADD", "packing");
    yield moved("shipping", store, { epcList: [carrier] });
    yield moved("receiving", shop, { epcList: [carrier] });
    yield aggregation(shop, "DELETE", "unpacking");
  }
}

function lotOf(number: number, name: string): string {
  return `https://party-${number % cooperatives}.example/lots/${number}-${name}`;
}

function palletOf(number: number): string {
  const digits = `0950000${String(number).padStart(10, "0")}`;
  return `https://id.gs1.org/00/${digits}${checkDigitOf(`${digits}0`)}`;
}

function crateOf(number: number): string {
  return `https://id.gs1.org/8003/0950000100003${checkDigitOf("9500001000030")}C${number % crates}`;
}
