import { expect } from "chai";
import { written, type JsonObject } from "../../../backend/src/proof/event.ts";
import type { Client } from "../../support/client.ts";
import { EpcisScene, type EpcisProblem } from "../../support/epcis.ts";
import { coldStore, document, field, harvest, packing, packingHouse } from "./own-events.ts";

describe("Capturing events", function () {
  this.timeout(60_000);
  let scene: EpcisScene;
  let cooperative: Client;

  before(async () => {
    scene = await EpcisScene.open([field, packingHouse]);
    cooperative = scene.cooperative;
  });

  after(() => scene.close());

  const everything = (): Promise<JsonObject[]> => scene.events("/events?perPage=500");

  it("keeps a document's events, and gives them back as they came", async () => {
    const sent = [harvest(), packing(), coldStore()];
    const { status, headers } = await scene.capture(document(...sent));
    expect(status).to.equal(202);
    const job = await cooperative.get(headers.get("location")!);
    expect(job.body).to.include({ running: false, success: true });
    const kept = await everything();
    const said = kept.map(({ recordTime, eventID, ...event }) => {
      expect(recordTime).to.match(/^2026-.*Z$/);
      expect(eventID).to.match(/^ni:\/\/\/sha-256;[0-9a-f]{64}\?ver=CBV2\.0$/);
      return event;
    });
    expect(said).to.deep.equal(sent);
  });

  it("keeps the same document once", async () => {
    const before = await everything();
    expect((await scene.capture(document(harvest(), packing()))).status).to.equal(202);
    expect(await everything()).to.have.length(before.length);
  });

  it("keeps nothing of a document that is refused, and says where its faults are", async () => {
    const before = await everything();
    const good = harvest({ eventTime: "2026-11-06T00:00:00Z" });
    const { eventTime, ...bad } = harvest();
    const { status, body } = await scene.capture(document(good, bad));
    expect(eventTime).to.be.a("string");
    expect([status, body.type]).to.deep.equal([400, "epcisException:ValidationException"]);
    expect(body.errors.map(({ pointer }) => pointer)).to.deep.equal([
      "/epcisBody/eventList/1/eventTime",
    ]);
    expect(await everything()).to.have.length(before.length);
  });

  it("keeps what is good of a document where it is asked to proceed", async () => {
    const before = await everything();
    const good = harvest({ eventTime: "2026-11-07T00:00:00Z" });
    const bad = harvest({ action: "MOVE" });
    const answer = await scene.capture(document(bad, good), { behaviour: "proceed" });
    expect([answer.status, answer.body["success"]]).to.deep.equal([202, false]);
    expect(JSON.stringify(answer.body.errors)).to.include("/epcisBody/eventList/0/action");
    expect(await everything()).to.have.length(before.length + 1);
  });

  it("lets nobody but its party say something about a place", async () => {
    const before = await everything();
    const { status, body } = await scene.capture(document(harvest()), { by: scene.other });
    expect([status, body.type]).to.deep.equal([403, "epcisException:SecurityException"]);
    expect(body.errors[0]?.pointer).to.equal("/epcisBody/eventList/0/readPoint/id");
    expect((await scene.capture(document(harvest()), { by: scene.operator })).status).to.equal(403);
    expect(await everything()).to.have.length(before.length);
  });

  it("takes an error declaration as another row under the same id", async () => {
    const event = packing({ eventID: "urn:uuid:6f1c7c58-9d3c-4d4e-8a34-0d6b3c1d0a01" });
    const declared = {
      ...event,
      errorDeclaration: { declarationTime: "2026-11-08T00:00:00Z", reason: "incorrect_data" },
    };
    await scene.capture(document(event));
    expect((await scene.capture(document(declared))).status).to.equal(202);
    const path = `/events/${encodeURIComponent(written(event["eventID"]))}`;
    const both = await scene.events(path);
    expect(both.map((one) => one["errorDeclaration"] !== undefined)).to.deep.equal([false, true]);
  });

  it("refuses another event under an id that a party has used", async () => {
    const eventID = "urn:uuid:6f1c7c58-9d3c-4d4e-8a34-0d6b3c1d0a02";
    await scene.capture(document(harvest({ eventID })));
    const changed = harvest({ eventID, disposition: "recalled" });
    const { status, body } = await cooperative.post<EpcisProblem>("/epcis/events", {
      ...changed,
      "@context": document()["@context"],
    });
    expect([status, body.type]).to.deep.equal([
      409,
      "epcisException:ResourceAlreadyExistsException",
    ]);
    expect(body.errors[0]?.pointer).to.equal("/eventID");
  });

  it("captures a single event, which brings its context", async () => {
    const event = { ...coldStore({ eventTime: "2026-11-09T00:00:00Z" }) };
    const alone = { ...event, "@context": document()["@context"] as JsonObject };
    const { status, headers } = await cooperative.post("/epcis/events", alone);
    expect(status).to.equal(201);
    const [kept] = await scene.events(headers.get("location")!.replace("/epcis", ""));
    expect(kept).to.deep.include(event);
    const bare = await cooperative.post<EpcisProblem>("/epcis/events", event);
    expect(bare.body.errors.map(({ pointer }) => pointer)).to.include("/@context");
  });

  it("says in the words of the standard what it cannot read", async () => {
    const types = { csv: "text/csv", json: "application/json", xml: "application/xml" };
    const answers = [
      await cooperative.post<EpcisProblem>("/epcis/capture", "{", { "content-type": types.json }),
      await cooperative.post<EpcisProblem>("/epcis/capture", "a,b", { "content-type": types.csv }),
      await cooperative.post<EpcisProblem>("/epcis/capture", "<a/>", { "content-type": types.xml }),
      await cooperative.post<EpcisProblem>("/epcis/capture", `"${"x".repeat(11_000_000)}"`),
      await cooperative.get<EpcisProblem>(`/epcis/events/${"x".repeat(800)}`),
      await cooperative.get<EpcisProblem>("/epcis/queries"),
      await cooperative.get<EpcisProblem>("/epcis/events/urn:uuid:nobody"),
    ];
    expect(answers.map(({ status, body }) => `${status} ${body.type}`)).to.deep.equal([
      "400 epcisException:ValidationException",
      "415 epcisException:UnsupportedMediaTypeException",
      "415 epcisException:UnsupportedMediaTypeException",
      "413 epcisException:CaptureLimitExceededException",
      "414 epcisException:URITooLongException",
      "404 epcisException:NoSuchResourceException",
      "404 epcisException:NoSuchResourceException",
    ]);
  });

  it("refuses half of a surrogate pair, which canonical JSON cannot hold", async () => {
    const { status, body } = await scene.capture(document(harvest({ "farm:note": "\ud83c" })));
    expect(status).to.equal(400);
    expect(body.errors[0]?.pointer).to.equal("/epcisBody/eventList/0/farm:note");
  });

  it("lets the longest registered beginning say whose a place is", async () => {
    const place = "https://valley.example/fields/";
    const ids = await Promise.all(
      [cooperative, scene.other].map(async (by) => (await by.get("/api/v1/auth/me")).body["id"]),
    );
    const register = async (uri: string, party: unknown): Promise<number> =>
      (await scene.operator.put("/api/v1/locations", { uri, party, name: "fields" })).status;
    expect(await register(place, ids[0])).to.equal(200);
    expect(await register(`${place}north/`, ids[1])).to.equal(200);
    const at = async (id: string): Promise<number> =>
      (await scene.capture(document(harvest({ readPoint: { id: place + id } })))).status;
    expect([await at("7"), await at("north/7")]).to.deep.equal([202, 403]);
    expect(await register("https://valley.example", ids[0])).to.equal(400);
    expect((await cooperative.put("/api/v1/locations", { uri: place })).status).to.equal(403);
  });
});
