import type { TradeStage } from "../trade-stage.ts";
import { callers, nothing, outcomes, row, type Asked, type Caller, type Row } from "./row.ts";

const context = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";
const places = "https://fields.example/of-the-stage/";
const eventId = "https://fields.example/events/1";
const lot = "https://fields.example/lots/L1";
const absent = "https://fields.example/nowhere";
const absentCapture = "00000000-0000-4000-8000-000000000000";

/** One event of the cooperative's, on record whoever asks first. */
async function harvested({ trade }: TradeStage): Promise<void> {
  const register = { uri: places, party: trade.cooperative.id, name: "Fields" };
  const registered = await trade.operator.put("/api/v1/locations", register);
  const captured = await trade.cooperative.post("/epcis/events", {
    "@context": [context],
    type: "ObjectEvent",
    eventID: eventId,
    eventTime: "2026-08-01T07:00:00+08:00",
    eventTimeZoneOffset: "+08:00",
    action: "ADD",
    bizStep: "commissioning",
    disposition: "active",
    readPoint: { id: `${places}1` },
    bizLocation: { id: `${places}1` },
    quantityList: [{ epcClass: lot, quantity: 5, uom: "KGM" }],
  });
  if (registered.status !== 200 || captured.status !== 201) {
    throw new Error(`Nothing is harvested: ${registered.status}, ${captured.status}`);
  }
}

const onEvent =
  (id: string): Row["asks"] =>
  async (stage): Promise<Asked> => {
    await harvested(stage);
    const encoded = encodeURIComponent(id);
    return { id: encoded, absent: encodeURIComponent(absent) };
  };

const signedIn = outcomes("200");
const known: readonly (readonly [kind: string, value: string])[] = [
  ["eventTypes", "ObjectEvent"],
  ["epcs", lot],
  ["bizSteps", "commissioning"],
  ["bizLocations", `${places}1`],
  ["readPoints", `${places}1`],
  ["dispositions", "active"],
];
const parties = callers.filter((caller: Caller) => caller !== "nobody" && caller !== "operator");
/** The operator is no party, and captures nothing; a party gets as far as its document is good. */
const captures = outcomes("403 NotAParty", { "400 EpcisValidation": parties });

/** Everybody may know whose a place is; the operator says it. */
export const locationRows: readonly Row[] = [
  row("GET /api/v1/locations", nothing, signedIn),
  row(
    "PUT /api/v1/locations",
    ({ trade }) => ({ body: { uri: "nowhere", party: trade.buyer.id, name: "Nowhere" } }),
    outcomes("403 WrongRole", { "400 BadInput": ["operator"] }),
  ),
];

const told = outcomes("204");
const discovered: readonly Row[] = [
  ...["", "/events", "/capture"].map((path) => row(`OPTIONS /epcis${path}`, nothing, told)),
  row("OPTIONS /epcis/capture/:captureID", () => ({ id: absentCapture }), told),
  row("OPTIONS /epcis/events/:eventID", () => ({ id: "any" }), told),
  ...known.flatMap(([kind]) => [
    row(`OPTIONS /epcis/${kind}`, nothing, told),
    row(`OPTIONS /epcis/${kind}/:value`, () => ({ id: "any" }), told),
    row(`OPTIONS /epcis/${kind}/:value/events`, () => ({ id: "any" }), told),
  ]),
];

export const traceRows: readonly Row[] = [
  row(
    "GET /api/v1/trace",
    async (stage) => {
      await harvested(stage);
      return { query: `of=${encodeURIComponent(lot)}` };
    },
    signedIn,
  ),
];

/** Who names a thing reads its history; what there is at all, each party is told of its own events. */
export const epcisRows: readonly Row[] = [
  ...discovered,
  row("GET /epcis", nothing, signedIn),
  row("POST /epcis/capture", () => ({ body: { type: "nothing" } }), captures),
  row("GET /epcis/capture", nothing, signedIn),
  row(
    "GET /epcis/capture/:captureID",
    () => ({ id: absentCapture, absent: absentCapture }),
    outcomes("404 NotFound"),
  ),
  row("POST /epcis/events", () => ({ body: { type: "nothing" } }), captures),
  row("GET /epcis/events", nothing, signedIn),
  row("GET /epcis/events/:eventID", onEvent(eventId), signedIn),
  ...known.flatMap(([kind, value]) => [
    row("GET /epcis/:kind", () => ({ kind }), signedIn, kind),
    row(
      "GET /epcis/:kind/:value",
      async (stage) => ({ ...(await onEvent(value)(stage)), kind }),
      signedIn,
      kind,
    ),
    row(
      "GET /epcis/:kind/:value/events",
      async (stage) => ({ ...(await onEvent(value)(stage)), kind }),
      signedIn,
      kind,
    ),
  ]),
];
