import {
  checkName,
  readDate,
  readInstant,
  readMoney,
  readPrice,
  readQuantity,
} from "../../reading/amount-place.ts";
import { utcOffset } from "../../api/civil-time.ts";
import { currencyDecimals } from "../../api/wire.ts";
import { type Fault, Place } from "../../reading/json-place.ts";
import { readStep } from "./read-step.ts";
import {
  type FacilityStory,
  lenderNames,
  type OrderStory,
  type PartyName,
  partyNames,
  type Step,
  type Story,
} from "../story.ts";

/** What a file holds: a story, or everything that is wrong with it. */
export type Reading = { story: Story; faults: null } | { story: null; faults: readonly Fault[] };

const mostBps = 0xffff;
const mostDays = 0xffff;

/** Reads a story vector strictly: unknown fields, wrong types and impossible dates are faults. */
export function readStory(json: string): Reading {
  const faults: Fault[] = [];
  let document: unknown;
  try {
    document = JSON.parse(json);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { story: null, faults: [{ pointer: "", message: `not JSON: ${reason}` }] };
  }
  const story = readDocument(new Place(document, "", faults));
  return faults.length === 0 ? { story, faults: null } : { story: null, faults };
}

function readDocument(place: Place): Story {
  const fields = place.object(
    ["name", "level", "currency", "utcOffset", "cash", "facilities", "orders", "issuedAt", "steps"],
    ["note", "$schema"],
  );
  checkUnits(fields.get("currency"), fields.get("utcOffset"));
  const facilities = readNamed(fields.get("facilities"), readFacility);
  const orders = readNamed(fields.get("orders"), readOrder);
  const issuedAt = readInstant(fields.get("issuedAt"));
  const names = { facilities: new Set(facilities.keys()), orders: new Set(orders.keys()) };
  if (fields.has("note")) fields.get("note").text();
  return {
    name: fields.get("name").text(),
    level: fields.get("level").integer(1, 9),
    cash: readCash(fields.get("cash")),
    facilities,
    orders,
    issuedAt,
    steps: inOrder(fields.get("steps"), issuedAt, (step) => readStep(step, names)),
  };
}

/** All amounts in these files are read with two decimals, all days at the deployment's offset. */
function checkUnits(currency: Place, offset: Place): void {
  const fields = currency.object(["code", "decimals"]);
  fields.get("code").text();
  fields.get("decimals").integer(currencyDecimals, currencyDecimals);
  offset.oneOf([utcOffset]);
}

function readCash(place: Place): Map<PartyName, bigint> {
  const cash = new Map<PartyName, bigint>();
  for (const [name, amount] of place.entries()) {
    const party = partyNames.find((known) => known === name);
    if (party === undefined)
      amount.fault(`unknown party; the parties are ${partyNames.join(", ")}`);
    else cash.set(party, readMoney(amount));
  }
  return cash;
}

function readNamed<Value>(place: Place, read: (place: Place) => Value): Map<string, Value> {
  return new Map(place.entries().map(([name, value]) => [checkName(name, value), read(value)]));
}

function readFacility(place: Place): FacilityStory {
  const advances = ["orderAdvanceBps", "storedAdvanceBps", "acceptedAdvanceBps"];
  const interest = ["rateBps", "penaltyRateBps", "dayBasis"];
  const days = ["tenorDays", "graceDays"];
  const rest = ["sweepBps", "expires", "lender", "limit"];
  const fields = place.object([...advances, ...interest, ...days, ...rest]);
  const bps = (name: string) => fields.get(name).integer(0, mostBps);
  return {
    lender: fields.get("lender").oneOf(lenderNames) ?? "lender",
    limit: readMoney(fields.get("limit")),
    orderAdvanceBps: bps("orderAdvanceBps"),
    storedAdvanceBps: bps("storedAdvanceBps"),
    acceptedAdvanceBps: bps("acceptedAdvanceBps"),
    rateBps: bps("rateBps"),
    penaltyRateBps: bps("penaltyRateBps"),
    dayBasis: fields.get("dayBasis").integer(360, 365),
    tenorDays: fields.get("tenorDays").integer(0, mostDays),
    graceDays: fields.get("graceDays").integer(0, mostDays),
    sweepBps: bps("sweepBps"),
    expiresDay: readDate(fields.get("expires")),
  };
}

function readOrder(place: Place): OrderStory {
  const fields = place.object([
    "quantity",
    "unit",
    "unitPrice",
    "deliverBy",
    "paymentDays",
    "inspectionDays",
  ]);
  const unit = (text: string) => (/^[0-9A-Z]{1,3}$/.test(text) ? text : null);
  return {
    quantity: readQuantity(fields.get("quantity")),
    unit: fields.get("unit").parsed("a UN/ECE Rec 20 unit code such as KGM", unit, "KGM"),
    unitPrice: readPrice(fields.get("unitPrice")),
    deliverBy: readInstant(fields.get("deliverBy")),
    paymentDays: fields.get("paymentDays").integer(0, mostDays),
    inspectionDays: fields.get("inspectionDays").integer(0, mostDays),
  };
}

/** Blocks cannot go back in time. */
function inOrder(place: Place, issuedAt: bigint, read: (step: Place) => Step | null): Step[] {
  const steps: Step[] = [];
  for (const item of place.items()) {
    const step = read(item);
    if (step === null) continue;
    const last = steps.at(-1)?.at ?? issuedAt;
    if (step.at < last) item.field("at").fault("this step is earlier than what comes before it");
    steps.push(step);
  }
  return steps;
}
