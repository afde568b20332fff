import { expect } from "chai";
import { written, type JsonObject } from "../../../backend/src/proof/event.ts";
import { Client, type Answer } from "../../support/client.ts";
import { EpcisScene, type EpcisProblem } from "../../support/epcis.ts";
import { coldStore, document, field, harvest, lot, packing, packingHouse } from "./own-events.ts";

const pallet = "urn:epc:id:sscc:9500001.0000000001";
const palletLink = "https://id.gs1.org/00/095000010000000012";
const lotLink = "https://id.gs1.org/01/09500001123452/10/M-17";

const shipping: JsonObject = {
  type: "TransactionEvent",
  eventTime: "2026-11-05T08:00:00+08:00",
  eventTimeZoneOffset: "+08:00",
  action: "ADD",
  parentID: pallet,
  epcList: ["urn:epc:id:sgtin:9500001.012345.1", "urn:epc:id:sgtin:9500001.012345.2"],
  bizStep: "shipping",
  disposition: "in_transit",
  bizTransactionList: [{ type: "desadv", bizTransaction: "https://farm.example/advices/9" }],
  sourceList: [{ type: "owning_party", source: "urn:epc:id:pgln:9500001.00001" }],
  readPoint: { id: "geo:29.1,110.5" },
};
const loading: JsonObject = {
  type: "AssociationEvent",
  eventTime: "2026-11-05T09:00:00+08:00",
  eventTimeZoneOffset: "+08:00",
  action: "ADD",
  parentID: "urn:epc:id:grai:9500001.00003.R1",
  childEPCs: [pallet],
  bizStep: "https://farm.example/steps/hanging",
};
const recalled = harvest({
  eventTime: "2026-11-06T00:00:00Z",
  eventID: "urn:uuid:6f1c7c58-9d3c-4d4e-8a34-0d6b3c1d0a09",
  errorDeclaration: {
    declarationTime: "2026-11-07T00:00:00Z",
    reason: "did_not_occur",
    correctiveEventIDs: ["urn:uuid:6f1c7c58-9d3c-4d4e-8a34-0d6b3c1d0a10"],
  },
});
const checked: JsonObject = {
  ...coldStore({ eventTime: "2026-11-06T08:00:00Z", bizStep: "inspecting" }),
  persistentDisposition: { set: ["conformant"], unset: ["unknown"] },
};
const names = ["harvest", "packing", "cold store", "shipping", "loading", "recalled", "checked"];
const all = [harvest(), packing(), coldStore(), shipping, loading, recalled, checked];

describe("Asking for events", function () {
  this.timeout(60_000);
  let scene: EpcisScene;

  before(async () => {
    scene = await EpcisScene.open([field, packingHouse]);
    const { status } = await scene.capture(document(...all));
    expect(status).to.equal(202);
  });

  after(() => scene.close());

  const named = (events: readonly JsonObject[]): string[] =>
    events.map(
      (event) => names[all.findIndex(({ eventTime }) => eventTime === event["eventTime"])]!,
    );
  const query = (parameters: Record<string, string>): string =>
    `?${new URLSearchParams(parameters).toString()}`;

  const answers: [Record<string, string>, string[]][] = [
    [{ eventType: "TransformationEvent|AssociationEvent" }, ["packing", "loading"]],
    [{ GE_eventTime: "2026-11-06T00:00:00.000Z" }, ["recalled", "checked"]],
    [{ LT_eventTime: "2026-11-03T06:00:00.250Z" }, ["harvest"]],
    [{ LT_recordTime: "2020-01-01T00:00:00Z" }, []],
    [{ EQ_action: "OBSERVE" }, ["cold store", "checked"]],
    [{ EQ_bizStep: "shipping|packing" }, ["packing", "shipping"]],
    [{ EQ_bizStep: "https://ref.gs1.org/cbv/BizStep-shipping" }, ["shipping"]],
    [{ EQ_bizStep: "https://farm.example/steps/hanging" }, ["loading"]],
    [{ EQ_disposition: "in_transit" }, ["shipping"]],
    [{ EQ_persistentDisposition_set: "conformant" }, ["checked"]],
    [{ EQ_persistentDisposition_unset: "conformant" }, []],
    [{ EQ_readPoint: packingHouse }, ["cold store", "checked"]],
    [{ EQ_readPoint: "https://id.gs1.org/414/9500001000029" }, ["cold store", "checked"]],
    [{ EQ_bizLocation: packingHouse }, ["packing"]],
    [{ WD_bizLocation: packingHouse }, ["packing"]],
    [{ MATCH_epc: pallet }, ["cold store", "loading", "checked"]],
    [{ MATCH_epc: palletLink }, ["cold store", "loading", "checked"]],
    [{ MATCH_epc: "urn:epc:idpat:sgtin:9500001.012345.*" }, ["shipping"]],
    [{ MATCH_parentID: pallet }, ["shipping"]],
    [{ MATCH_outputEPC: pallet }, ["packing"]],
    [{ MATCH_inputEPC: pallet }, []],
    [{ MATCH_anyEPC: pallet }, ["packing", "cold store", "shipping", "loading", "checked"]],
    [{ MATCH_epcClass: lot }, ["harvest", "recalled"]],
    [{ MATCH_inputEPCClass: lotLink }, ["packing"]],
    [{ MATCH_outputEPCClass: lot }, []],
    [{ MATCH_anyEPCClass: lot }, ["harvest", "packing", "recalled"]],
    [{ EQ_quantity: "1200.50" }, ["harvest", "packing", "recalled"]],
    [{ GT_quantity: "1200.5" }, []],
    [{ GE_quantity: "1200.5", eventType: "TransformationEvent" }, ["packing"]],
    [{ LT_quantity: "1e9", EQ_bizStep: "packing" }, ["packing"]],
    [{ LE_quantity: "1200" }, []],
    [{ EQ_eventID: written(recalled["eventID"]) }, ["recalled"]],
    [{ EXISTS_errorDeclaration: "true" }, ["recalled"]],
    [{ GE_errorDeclarationTime: "2026-11-07T00:00:00Z" }, ["recalled"]],
    [{ LT_errorDeclarationTime: "2026-11-07T00:00:00Z" }, []],
    [{ EQ_errorReason: "did_not_occur" }, ["recalled"]],
    [{ EQ_correctiveEventID: "urn:uuid:6f1c7c58-9d3c-4d4e-8a34-0d6b3c1d0a10" }, ["recalled"]],
    [{ EQ_type: "Temperature", EQ_bizStep: "storing" }, ["cold store"]],
    [{ EQ_deviceID: "https://id.gs1.org/8004/9500001T9" }, ["cold store", "checked"]],
    [{ EQ_booleanValue: "true" }, []],
    [{ EQ_bizTransaction_po: "https://farm.example/orders/PO-7" }, ["harvest", "recalled"]],
    [{ EQ_bizTransaction_inv: "https://farm.example/orders/PO-7" }, []],
    [{ EQ_source_owning_party: "https://id.gs1.org/417/9500001000012" }, ["shipping"]],
    [{ "EQ_https://farm.example/terms/pickers": "12.0" }, ["harvest", "recalled"]],
    [{ "GT_https://farm.example/terms/pickers": "12" }, []],
    [{ "EQ_ILMD_https://farm.example/terms/variety": "Ponkan" }, ["harvest", "recalled"]],
    [{ "EXISTS_ILMD_urn:epcglobal:cbv:mda:lotNumber": "true" }, ["harvest", "recalled"]],
    [{ orderBy: "eventTime", eventCountLimit: "2" }, ["checked", "recalled"]],
    [{ orderBy: "eventTime", orderDirection: "ASC", eventCountLimit: "1" }, ["harvest"]],
    [{ EQ_bizStep: "shipping", MATCH_epc: "urn:epc:id:sgtin:9500001.012345.2" }, ["shipping"]],
  ];
  for (const [parameters, expected] of answers) {
    it(`finds ${expected.join(", ") || "nothing"} by ${new URLSearchParams(parameters).toString()}`, async () => {
      expect(named(await scene.events(`/events${query(parameters)}`))).to.deep.equal(expected);
    });
  }

  const refusals: [Record<string, string>, string][] = [
    [{ EQ_colour: "orange" }, "EQ_colour"],
    [{ GE_eventTime: "yesterday" }, "GE_eventTime"],
    [{ EQ_action: "MOVE" }, "EQ_action"],
    [{ eventType: "Nothing" }, "eventType"],
    [{ orderBy: "colour" }, "orderBy"],
    [{ orderBy: "eventTime", orderDirection: "UP" }, "orderDirection"],
    [{ eventCountLimit: "1" }, "eventCountLimit"],
    [{ orderBy: "eventTime", eventCountLimit: "1", maxEventCount: "1" }, "maxEventCount"],
    [{ perPage: "0" }, "perPage"],
    [{ nextPageToken: "bm90aGluZw" }, "nextPageToken"],
    [{ GT_quantity: "much" }, "GT_quantity"],
    [{ MATCH_epc: "urn:epc:idpat:sgtin:9500001.*.*" }, "MATCH_epc"],
    [{ EXISTS_errorDeclaration: "perhaps" }, "EXISTS_errorDeclaration"],
  ];
  for (const [parameters, culprit] of refusals) {
    it(`refuses ${new URLSearchParams(parameters).toString()}`, async () => {
      const { status, body } = await scene.cooperative.get<EpcisProblem>(
        `/epcis/events${query(parameters)}`,
      );
      expect([status, body.type]).to.deep.equal([400, "epcisException:QueryParameterException"]);
      expect(body.errors.map(({ parameter }) => parameter)).to.include(culprit);
    });
  }

  it("refuses to answer with more events than are allowed", async () => {
    const { status, body } = await scene.cooperative.get<EpcisProblem>(
      "/epcis/events?maxEventCount=6",
    );
    expect([status, body.type]).to.deep.equal([413, "epcisException:QueryTooLargeException"]);
    expect(await scene.events("/events?maxEventCount=7")).to.have.length(7);
  });

  it("gives page after page, each event once", async () => {
    for (const order of ["", "&orderBy=eventTime", "&orderBy=recordTime&orderDirection=ASC"]) {
      const seen: string[] = [];
      let path: string | undefined = `/epcis/events?perPage=3${order}`;
      while (path !== undefined) {
        const answer: Answer = await scene.cooperative.get(path);
        seen.push(...named(await scene.events(path.replace("/epcis", ""))));
        path = /<([^>]+)>; rel="next"/.exec(answer.headers.get("link") ?? "")?.[1];
      }
      expect(seen, order).to.have.length(7);
      expect([...seen].sort()).to.deep.equal([...names].sort());
    }
  });

  it("lists values, and the events of each", async () => {
    const members = async (path: string): Promise<unknown> =>
      (await scene.cooperative.get(`/epcis${path}`)).body["member"];
    expect(await members("/")).to.include.members(["events", "capture", "epcs"]);
    expect(await members("/bizSteps")).to.include.members(["shipping", "commissioning"]);
    expect(await members("/eventTypes")).to.include("AssociationEvent");
    expect(await members("/epcs?perPage=500")).to.include.members([palletLink, lotLink]);
    expect(await members("/readPoints")).to.include("https://id.gs1.org/414/9500001000029");
    expect(await members("/bizSteps/shipping")).to.deep.equal(["events"]);
    const of = async (path: string): Promise<string[]> => named(await scene.events(path));
    expect(await of("/bizSteps/shipping/events")).to.deep.equal(["shipping"]);
    expect(await of(`/epcs/${encodeURIComponent(lot)}/events`)).to.deep.equal([
      "harvest",
      "packing",
      "recalled",
    ]);
    expect(await of(`/epcs/${encodeURIComponent(pallet)}/events?EQ_action=OBSERVE`)).to.deep.equal([
      "cold store",
      "checked",
    ]);
    const strange = await scene.cooperative.get<EpcisProblem>("/epcis/bizSteps/sleeping/events");
    expect([strange.status, strange.body.type]).to.deep.equal([
      404,
      "epcisException:NoSuchResourceException",
    ]);
  });

  it("pages through the values", async () => {
    const first = await scene.cooperative.get("/epcis/epcs?perPage=2");
    const next = /<([^>]+)>/.exec(first.headers.get("link")!)![1]!;
    const second = await scene.cooperative.get(next);
    const values = [first.body["member"], second.body["member"]].flat();
    expect(new Set(values).size).to.equal(4);
  });

  it("tells what it can by OPTIONS, and its versions always", async () => {
    const { status, headers } = await scene.cooperative.send("OPTIONS", "/epcis/capture");
    expect(status).to.equal(204);
    expect(headers.get("allow")).to.equal("OPTIONS, GET, POST");
    expect(headers.get("gs1-epcis-capture-limit")).to.equal("10000");
    expect(headers.get("gs1-capture-error-behaviour")).to.equal("all");
    const found = await scene.cooperative.get("/epcis/events");
    expect(found.headers.get("gs1-epcis-version")).to.equal("2.0.0");
    expect(found.headers.get("gs1-cbv-version")).to.equal("2.0.0");
  });

  it("answers in Digital Links where they are asked for, and refuses what it cannot speak", async () => {
    const asked = async (headers: Record<string, string>): Promise<[number, string]> => {
      const path = `/epcis/events${query({ EQ_bizStep: "packing" })}`;
      const answer = await scene.cooperative.send("GET", path, undefined, headers);
      return [answer.status, JSON.stringify(answer.body)];
    };
    const [status, text] = await asked({ "GS1-EPC-Format": "Always_GS1_Digital_Link" });
    expect(status).to.equal(200);
    expect(text).to.include(palletLink).and.include(lotLink).and.not.include("urn:epc:");
    expect((await asked({}))[1]).to.include(pallet);
    for (const headers of [
      { "GS1-EPC-Format": "Always_EPC_URN" },
      { accept: "application/xml" },
      { "GS1-EPCIS-Min": "2.1" },
      { "GS1-EPCIS-Max": "1.2.0" },
      { "GS1-CBV-Version": "1.0" },
    ]) {
      const [refused, why] = await asked(headers as unknown as Record<string, string>);
      expect(refused, JSON.stringify(headers)).to.equal(406);
      expect(why).to.include("epcisException:NotAcceptableException");
    }
  });

  it("tells strangers nothing, in the words of the standard", async () => {
    const { status, body } = await new Client(scene.url).get<EpcisProblem>("/epcis/events");
    expect([status, body.type]).to.deep.equal([401, "epcisException:SecurityException"]);
  });

  it("lists a party's captures to itself alone", async () => {
    const own = await scene.cooperative.get<JsonObject[]>("/epcis/capture");
    expect(own.body).to.have.length(1);
    const path = `/epcis/capture/${written(own.body[0]!["captureID"])}`;
    expect((await scene.cooperative.get(path)).status).to.equal(200);
    expect((await scene.other.get(path)).status).to.equal(404);
    expect((await scene.other.get<JsonObject[]>("/epcis/capture")).body).to.deep.equal([]);
  });
});
