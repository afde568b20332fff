import { expect } from "chai";
import { Wallet } from "ethers";
import { AuditEntryRow } from "../../../backend/src/audit/audit.entity.ts";
import type { JsonObject } from "../../../backend/src/proof/event.ts";
import { Client, type Answer } from "../../support/client.ts";
import { EpcisScene } from "../../support/epcis.ts";
import { clientOf } from "../../support/sign-in.ts";
import { coldStore, document, field, harvest, lot, packing, packingHouse } from "./own-events.ts";

interface Events {
  readonly epcisBody: {
    readonly queryResults: { readonly resultsBody: { readonly eventList: JsonObject[] } };
  };
}

interface Collection {
  readonly member: readonly string[];
}

describe("Access to events", function () {
  this.timeout(60_000);
  let scene: EpcisScene;
  let viewer: Client, maker: Client;

  before(async () => {
    scene = await EpcisScene.open([field, packingHouse]);
    const named = async (rank: "viewer" | "maker"): Promise<Client> => {
      const wallet = new Wallet(Wallet.createRandom().privateKey);
      const path = `/api/v1/organisation/people/${wallet.address}`;
      await scene.cooperative.put(path, { rank, name: rank });
      return clientOf(scene.url, wallet);
    };
    viewer = await named("viewer");
    maker = await named("maker");
    expect((await scene.capture(document(harvest(), packing(), coldStore()))).status).to.equal(202);
  });

  after(() => scene.close());

  const outcome = ({ status, body }: Answer): unknown[] => [status, body["code"]];
  const capture = (by: Client, day: number): Promise<Answer> =>
    scene.capture(document(harvest({ eventTime: `2026-10-0${day}T00:00:00Z` })), { by });
  const machine = async (scope: string): Promise<Client> => {
    const key = { name: scope, scopes: [scope] };
    const { body } = await scene.cooperative.post<{ secret: string }>("/api/v1/api-keys", key);
    return new Client(scene.url, body.secret);
  };
  const read = async (by: Client, path: string): Promise<number> => {
    const { status, body } = await by.get<Events>(`/epcis${path}`);
    expect(status, path).to.equal(200);
    return body.epcisBody.queryResults.resultsBody.eventList.length;
  };
  const entries = async (path: string): Promise<AuditEntryRow[]> => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    const all = await scene.database.read.find(AuditEntryRow, { order: { seq: "ASC" } });
    const asked = all.filter(({ what }) => String(what["path"]).startsWith(path));
    const requests = asked.map(({ what }) => what["request"]).filter(Boolean);
    return all.filter((entry) => asked.includes(entry) || requests.includes(entry.what["request"]));
  };

  it("lets makers capture, and viewers only read", async () => {
    expect((await capture(maker, 1)).status).to.equal(202);
    expect(outcome(await capture(viewer, 2))).to.deep.equal([403, "RankTooLow"]);
    expect(await read(viewer, "/events?eventType=TransformationEvent")).to.equal(1);
  });

  it("lets a machine capture whose key is for that, and no other", async () => {
    const captured = await capture(await machine("provenance"), 3);
    expect(captured.status, JSON.stringify(captured.body)).to.equal(202);
    for (const scope of ["receipts", "orders", "read"]) {
      expect(outcome(await capture(await machine(scope), 4))).to.deep.equal([403, "ScopeMissing"]);
    }
    expect(await read(await machine("read"), "/events?eventType=TransformationEvent")).to.equal(1);
  });

  it("gives the history of what can be named to anybody", async () => {
    const named = [
      `MATCH_anyEPCClass=${lot}`,
      "EQ_bizTransaction_po=https://farm.example/orders/PO-7",
      "MATCH_anyEPC=urn:epc:id:sscc:9500001.0000000001",
    ];
    for (const query of named) {
      const own = await read(scene.cooperative, `/events?${query}`);
      expect(own, query).to.be.greaterThan(0);
      expect(await read(scene.other, `/events?${query}`), query).to.equal(own);
    }
    const path = `/epcs/${encodeURIComponent(lot)}/events`;
    expect(await read(scene.other, path)).to.be.greaterThan(0);
  });

  it("lets nobody but the operator look through what others have captured", async () => {
    const unnamed = [
      "",
      "eventType=ObjectEvent",
      "EQ_bizStep=storing",
      `EQ_readPoint=${packingHouse}`,
      "GE_eventTime=2026-01-01T00:00:00Z&orderBy=eventTime",
    ];
    for (const query of unnamed) {
      expect(await read(scene.other, `/events?${query}`), query).to.equal(0);
      expect(await read(scene.operator, `/events?${query}`), query).to.be.greaterThan(0);
      expect(await read(scene.cooperative, `/events?${query}`), query).to.be.greaterThan(0);
    }
    const step = "/bizSteps/storing/events";
    expect([await read(scene.other, step), await read(scene.operator, step)]).to.deep.equal([0, 1]);
    for (const kind of ["epcs", "bizSteps", "bizLocations", "readPoints", "eventTypes"]) {
      const listed = async (by: Client): Promise<number> =>
        (await by.get<Collection>(`/epcis/${kind}`)).body.member.length;
      expect(await listed(scene.other), kind).to.equal(0);
      expect(await listed(scene.operator), kind).to.equal(await listed(scene.cooperative));
    }
  });

  it("does not open by a pattern what it does not open by name", async () => {
    const item = harvest({
      eventTime: "2026-10-09T00:00:00Z",
      epcList: ["urn:epc:id:sgtin:9500001.012345.77"],
    });
    expect((await scene.capture(document(item))).status).to.equal(202);
    const pattern = "MATCH_anyEPC=urn:epc:idpat:sgtin:9500001.012345.*";
    expect(await read(scene.cooperative, `/events?${pattern}`)).to.be.greaterThan(0);
    expect(await read(scene.other, `/events?${pattern}`)).to.equal(0);
  });

  it("is on record: who captured what, and who read what others had captured", async () => {
    const { headers } = await capture(scene.cooperative, 5);
    const captured = (await entries("/epcis/capture")).slice(-2);
    expect(captured.map(({ kind }) => kind)).to.deep.equal(["asked", "answered"]);
    expect(captured[1]?.what).to.include({ status: 202, location: headers.get("location") });
    const query = `/epcis/events?MATCH_anyEPCClass=${lot}&perPage=17`;
    await scene.other.get(query);
    const [entry, ...more] = await entries(query);
    expect(more).to.deep.equal([]);
    expect(entry).to.include({ kind: "read" });
    expect(entry?.what["parties"]).to.deep.equal([captured[0]?.party]);
    await scene.cooperative.get(`${query}&orderBy=eventTime`);
    expect(await entries(`${query}&orderBy`)).to.deep.equal([]);
  });
});
