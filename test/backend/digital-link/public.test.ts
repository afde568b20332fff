import { expect } from "chai";
import { anchorAnswer, anchorCall } from "../../../backend/src/proof/anchor-call.ts";
import type { JsonObject } from "../../../backend/src/proof/event.ts";
import type { Hex } from "../../../backend/src/proof/hex.ts";
import { Client } from "../../support/client.ts";
import { LotScene } from "../../support/lot-scene.ts";

const path = (lot: string): string => `/lot/linxi-eggs.example/lots/${lot}`;

describe("What anybody may know of a lot", function () {
  this.timeout(60_000);
  let scene: LotScene;
  let anyone: Client;

  before(async () => {
    scene = await LotScene.open();
    anyone = new Client(scene.url);
  });

  after(() => scene.close());

  const harvest = (lot: string, more: JsonObject = {}): JsonObject => ({
    type: "ObjectEvent",
    eventTime: "2026-08-12T07:30:00+08:00",
    eventTimeZoneOffset: "+08:00",
    action: "ADD",
    bizStep: "commissioning",
    quantityList: [{ epcClass: `https://linxi-eggs.example/lots/${lot}`, quantity: 1, uom: "KGM" }],
    ...more,
  });

  it("is no place nearer than ten kilometres", async () => {
    const register = async (point: string): Promise<number> =>
      (
        await scene.operator.put("/api/v1/locations", {
          uri: "https://linxi-eggs.example/places/house",
          party: scene.partyOf("eggs"),
          name: "House",
          point,
        })
      ).status;
    for (const fine of ["28.61,115.2", "28.6,115.23", "28.6,181", "91,0", "28.6", "north"]) {
      expect(await register(fine), fine).to.equal(400);
    }
    for (const coarse of ["28.6,115.2", "-28.6,-115.2", "28,115"]) {
      expect(await register(coarse), coarse).to.equal(200);
    }
  });

  it("is nothing of events that say too much: only that they are there", async () => {
    const secrets: [string, JsonObject, string][] = [
      ["P1", { readPoint: { id: "geo:28.61234,115.23456" } }, "28.61234"],
      ["P2", { "sheaf:note": "Call 138-0013-8000" }, "8000"],
      ["P3", { "sheaf:farmerName": "Wang Xiaoming" }, "Xiaoming"],
      [
        "P4",
        {
          "@context": [{ farm: "https://farm.example/ns/" }],
          "farm:pickers": "Li Lei",
        },
        "Li Lei",
      ],
      ["P5", { "sheaf:note": "write to wang@farm.example" }, "wang@"],
    ];
    const eggs = await scene.as("eggs");
    for (const [lot, more, secret] of secrets) {
      const { "@context": own = [], ...rest } = more;
      const standard = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";
      const context = [standard, { sheaf: "urn:sheaf:epcis:" }, ...(own as JsonObject[])];
      const captured = await eggs.post("/epcis/events", {
        "@context": context,
        ...harvest(lot, rest),
      });
      expect(captured.status, lot).to.equal(201);
      const { events } = await scene.story(path(lot));
      expect([events.length, events[0]?.event], lot).to.deep.equal([1, null]);
      const page = await anyone.send<string>("GET", path(lot), undefined, { accept: "text/html" });
      expect(JSON.stringify(events) + page.body, lot).not.to.include(secret);
    }
  });

  it("is the whole of an event of the season's, and nothing of what is owed on it", async () => {
    await scene.tell("L1");
    const story = await scene.story(path("L1"));
    expect(story.events.map(({ event }) => event?.["bizStep"])).to.deep.equal([
      "commissioning",
      "inspecting",
      "shipping",
      "receiving",
      "storing",
    ]);
    expect(story.places.map(({ point }) => point)).to.deep.equal([
      "29.3,115.9",
      "29.3,115.9",
      "28.4,116.4",
    ]);
    expect(JSON.stringify(story)).not.to.match(/price|amount|loan|principal|holder/i);
  });

  it("says which numbers of a party's are not shown", async () => {
    await scene.capture(
      "eggs",
      harvest("G1"),
      harvest("OTHER"),
      harvest("G1", { action: "OBSERVE", bizStep: "inspecting" }),
    );
    const { gaps } = await scene.story(path("G1"));
    expect(gaps).to.have.length(1);
    const [{ first, last, shown }] = gaps as [(typeof gaps)[0]];
    expect([last - first + 1, shown]).to.deep.equal([3, 2]);
  });

  it("is what the chain keeps of a root, and no other question is passed on", async () => {
    await scene.tell("L2");
    await scene.untilAnchored(path("L2"));
    const { events, contracts } = await scene.story(path("L2"));
    const { anchor } = events[0]!;
    const ask = (
      method: string,
      params?: unknown[],
    ): Promise<{ status: number; body: { result?: string; code?: string } }> =>
      anyone.post("/api/v1/chain", { jsonrpc: "2.0", id: 1, method, ...(params && { params }) });
    const call = { to: contracts.provenance, data: anchorCall(anchor!.root) };
    const { body } = await ask("eth_call", [call, "latest"]);
    expect(anchorAnswer(body.result ?? "")).to.deep.include({
      first: anchor!.first,
      count: anchor!.count,
    });
    expect((await ask("eth_chainId")).body.result).to.equal("0x7a69");
    const never: Hex = `0x${"12".repeat(32)}`;
    const none = await ask("eth_call", [{ ...call, data: anchorCall(never) }, "latest"]);
    expect(anchorAnswer(none.body.result ?? "")).to.equal(null);
    const others: [string, unknown[]][] = [
      ["eth_blockNumber", []],
      ["eth_sendRawTransaction", ["0x02"]],
      ["eth_chainId", [1]],
      ["eth_call", [{ ...call, to: `0x${"1".repeat(40)}` }, "latest"]],
      ["eth_call", [{ ...call, data: "0x" }, "latest"]],
      ["eth_call", [{ ...call, data: call.data.replace(/^0x......../, "0x12345678") }, "latest"]],
      ["eth_call", [call, "0x1"]],
      ["eth_call", [{ ...call, gas: "0xffffff" }, "latest"]],
      ["eth_call", [call, "latest", {}]],
      ["eth_call", []],
      ["eth_call", [null]],
    ];
    for (const [method, params] of others) {
      const refused = await ask(method, params);
      expect([refused.status, refused.body.code], JSON.stringify(params)).to.deep.equal([
        403,
        "ChainCallRefused",
      ]);
    }
  });
});
