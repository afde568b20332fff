import { expect } from "chai";
import { AnchorService } from "../../../backend/src/anchor/anchor.service.ts";
import { Database } from "../../../backend/src/database/database.ts";
import { EpcisEventRow } from "../../../backend/src/epcis/epcis.entity.ts";
import { checkEvent } from "../../../backend/src/proof/provable-event.ts";
import { isObject, objectsOf, written, type JsonObject } from "../../../backend/src/proof/event.ts";
import type { TraceDto } from "../../../backend/src/trace/trace.dto.ts";
import { SandboxClient } from "../../../scripts/api/sandbox-client.ts";
import { loadSeason, seasonStart } from "../../../scripts/sandbox/season.ts";
import { startBackend, type TestBackend } from "../../support/backend.ts";
import { codeInSvg } from "../../support/code-reader.ts";
import { Client } from "../../support/client.ts";
import { startLocalChain, type LocalChain } from "../../support/local-chain.ts";

interface Page {
  readonly items: readonly JsonObject[];
}

interface Answer {
  readonly epcisBody: {
    readonly queryResults: { readonly resultsBody: { readonly eventList: JsonObject[] } };
  };
}

const massOf = (event: JsonObject, list: string): number =>
  objectsOf(event[list]).reduce((sum, { quantity }) => sum + Number(quantity), 0);

describe("The story of the sample season", function () {
  this.timeout(180_000);
  let chain: LocalChain;
  let started: TestBackend;
  let operator: Client;

  before(async () => {
    chain = await startLocalChain(seasonStart().toISOString());
    started = await startBackend(chain);
    await loadSeason(new SandboxClient(started.url));
    operator = await new Client(started.url).signedIn("operator");
  });

  after(async () => {
    await started.close();
    await chain.close();
  });

  const receipts = async (): Promise<readonly JsonObject[]> =>
    (await operator.get<Page>("/api/v1/receipts?limit=200")).body.items;

  const events = async (by: Client, query: string): Promise<JsonObject[]> => {
    const { status, body } = await by.get<Answer>(`/epcis/events?perPage=500&${query}`);
    expect(status, query).to.equal(200);
    return body.epcisBody.queryResults.resultsBody.eventList;
  };

  const lotsIn = (event: JsonObject): string[] =>
    ["quantityList", "inputQuantityList", "outputQuantityList"].flatMap((list) =>
      objectsOf(event[list]).map(({ epcClass }) => written(epcClass)),
    );

  it("leads from every receipt to where its goods were harvested", async () => {
    const found = await receipts();
    expect(found.length).to.be.at.least(7);
    for (const { id, ticket, depositor } of found) {
      const holder = await new Client(started.url).signedIn(written(depositor));
      const own = await events(holder, `EQ_bizTransaction_recadv=urn:sheaf:receipt:${written(id)}`);
      expect(own.length, written(ticket)).to.be.at.least(1);
      const seen = new Set<string>();
      let lots = own.flatMap(lotsIn);
      const story: JsonObject[] = [];
      while (lots.length > 0) {
        for (const lot of lots) seen.add(lot);
        const more = await events(holder, `MATCH_anyEPCClass=${lots.join("|")}`);
        story.push(...more);
        lots = more.flatMap(lotsIn).filter((lot) => !seen.has(lot));
      }
      const harvests = story.filter(({ bizStep }) => bizStep === "commissioning");
      expect(harvests.length, written(ticket)).to.be.at.least(1);
      for (const { ilmd } of harvests) {
        expect(isObject(ilmd) && ilmd["cbvmda:harvestStartDate"]).to.match(/^\d{4}-\d\d-\d\d$/);
      }
    }
  });

  it("leaves nothing to ask about any of its claims", async () => {
    const orders = (await operator.get<Page>("/api/v1/orders?limit=200")).body.items;
    const claims = [...orders, ...(await receipts())];
    expect(claims.length).to.be.greaterThan(20);
    for (const { id, number, ticket } of claims) {
      const { status, body } = await operator.get<TraceDto>(`/api/v1/trace?of=${written(id)}`);
      expect(status).to.equal(200);
      expect(body.flags, written(number ?? ticket)).to.deep.equal([]);
      expect(body.isWhole).to.equal(true);
      if (ticket !== undefined) {
        const lots = body.balances.filter(({ of }) => of === "lot");
        expect(lots.length, written(ticket)).to.be.at.least(2);
        const stored = lots.flatMap(({ amounts }) =>
          amounts.filter(({ kind }) => kind === "inStore"),
        );
        expect(stored.length, written(ticket)).to.be.at.least(1);
      }
    }
  });

  it("is on chain soon, every event of it", async () => {
    const { app } = started.backend;
    const { read } = app.get(Database);
    for (let left = 100; left > 0; left -= 1) {
      const rows = await read.find(EpcisEventRow);
      const provable = await app.get(AnchorService).provable(rows);
      if (provable.every(({ anchor }) => anchor !== null)) {
        expect(provable.length).to.be.greaterThan(50);
        for (const event of provable) expect(checkEvent(event).fault).to.equal(undefined);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect.fail("Not all were anchored.");
  });

  it("stands behind the label of every receipt", async () => {
    const labelled = await receipts();
    expect(labelled.length).to.be.greaterThan(5);
    for (const { id, lot, ticket } of labelled) {
      const label = await operator.get<string>(`/api/v1/receipts/${written(id)}/label.svg`);
      const uri = codeInSvg(label.body) ?? "";
      expect(uri, written(ticket)).to.include(`${started.url}/lot/`).and.include(written(lot));
      const page = await operator.get<string>(uri.slice(started.url.length));
      expect([page.status, page.headers.get("content-type")]).to.deep.equal([
        200,
        "text/html; charset=utf-8",
      ]);
      expect(page.body, written(ticket)).to.include("采收");
    }
  });

  it("makes no goods out of nothing", async () => {
    const made = await events(operator, "eventType=TransformationEvent");
    expect(made.length).to.be.greaterThan(7);
    for (const event of made) {
      const declared = event["sheaf:declaredLoss"];
      const loss = isObject(declared) ? Number(declared["sheaf:quantity"]) : 0;
      const difference = massOf(event, "inputQuantityList") - massOf(event, "outputQuantityList");
      expect(Math.abs(difference - loss)).to.be.lessThan(0.001);
    }
  });

  it("has temperatures of all that was stored overnight, marked as made up", async () => {
    const logs = (await events(operator, "EQ_type=Temperature")).flatMap((event) =>
      objectsOf(event["sensorElementList"]),
    );
    expect(logs.length).to.be.at.least(6);
    for (const { sensorMetadata, sensorReport } of logs) {
      expect(isObject(sensorMetadata) && sensorMetadata["sheaf:synthetic"]).to.equal(true);
      expect(objectsOf(sensorReport).length).to.be.greaterThan(0);
    }
  });

  it("is told after it has happened, and by those at whose places it happened", async () => {
    const all = await events(operator, "");
    const { body } = await operator.get<Page>("/api/v1/locations");
    const places = body.items.map(({ uri }) => written(uri));
    for (const event of all) {
      expect(Date.parse(written(event["recordTime"]))).to.be.at.least(
        Date.parse(written(event["eventTime"])),
      );
      const { readPoint } = event;
      if (!isObject(readPoint)) continue;
      expect(places.some((place) => written(readPoint["id"]).startsWith(place))).to.equal(true);
    }
  });
});
