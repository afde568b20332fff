import { expect } from "chai";
import { Client } from "../../support/client.ts";
import { codeInPdf, codeInSvg } from "../../support/code-reader.ts";
import { LotScene } from "../../support/lot-scene.ts";

describe("A receipt's label", function () {
  this.timeout(60_000);
  let scene: LotScene;
  let warehouse: Client;

  before(async () => {
    scene = await LotScene.open();
    await scene.operator.put(`/api/v1/parties/${scene.partyOf("coldStore")}/capacity`, {
      capacity: "900000.000",
    });
    warehouse = await scene.as("coldStore");
  });

  after(() => scene.close());

  const issue = async (ticket: string, itemCode: string, lot: string): Promise<string> => {
    const { status, body } = await warehouse.post("/api/v1/receipts", {
      ...{ ticket, itemCode, lot, unit: "KGM", quantity: "1000.000", lossAllowanceBps: 0 },
      depositor: scene.partyOf("eggs"),
    });
    if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
    return String(body["id"]);
  };
  const stored = (
    receipt: string,
    lot: string,
    teller: "eggs" | "coldStore" = "coldStore",
  ): Promise<void> =>
    scene.capture(teller, {
      ...{ type: "ObjectEvent", action: "OBSERVE", bizStep: "storing" },
      ...{ eventTime: "2026-08-16T08:00:00+08:00", eventTimeZoneOffset: "+08:00" },
      quantityList: [{ epcClass: lot, quantity: 1000, uom: "KGM" }],
      bizTransactionList: [{ type: "recadv", bizTransaction: `urn:sheaf:receipt:${receipt}` }],
    });
  const bytesOf = async (
    receipt: string,
    form: string,
  ): Promise<{ type: string | null; bytes: Buffer }> => {
    const token = await tokenOf(scene.partyOf("coldStore"));
    const response = await fetch(`${scene.url}/api/v1/receipts/${receipt}/label.${form}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.status).to.equal(200);
    return {
      type: response.headers.get("content-type"),
      bytes: Buffer.from(await response.arrayBuffer()),
    };
  };
  const tokenOf = async (party: string): Promise<string> => {
    const { body } = await new Client(scene.url).post<{ accessToken: string }>(
      "/api/v1/auth/sandbox",
      { party },
    );
    return body.accessToken;
  };

  it("leads to the page of the lot that its events name, in SVG and in PDF", async () => {
    const lot = await scene.tell("LOT-7");
    const receipt = await issue("WT-7", "HEN-EGGS", "LOT-7");
    await stored(receipt, lot);
    const uri = `${scene.url}/lot/linxi-eggs.example/lots/LOT-7`;
    const svg = await bytesOf(receipt, "svg");
    expect(svg.type).to.equal("image/svg+xml; charset=utf-8");
    expect(codeInSvg(svg.bytes.toString())).to.equal(uri);
    expect(svg.bytes.toString())
      .to.include("鲜鸡蛋 Hen eggs")
      .and.include("2026-08-12")
      .and.include("林溪禽蛋合作社");
    const pdf = await bytesOf(receipt, "pdf");
    expect(pdf.type).to.equal("application/pdf");
    expect(codeInPdf(pdf.bytes)).to.equal(uri);
    expect(pdf.bytes.length).to.be.lessThan(64 * 1024);
    expect((await fetch(uri)).status).to.equal(200);
  });

  it("has GS1's Digital Link where the item code is a GTIN", async () => {
    const receipt = await issue("WT-8", "9506000134352", "L/8");
    const { bytes } = await bytesOf(receipt, "svg");
    expect(codeInSvg(bytes.toString())).to.equal(`${scene.url}/01/09506000134352/10/L%2F8`);
    expect(bytes.toString()).to.include("GTIN: 09506000134352");
  });

  it("is not made of what strangers say, nor of nothing", async () => {
    const receipt = await issue("WT-9", "HEN-EGGS", "LOT-9");
    const refused = await warehouse.get<{ code: string }>(`/api/v1/receipts/${receipt}/label.svg`);
    expect([refused.status, refused.body.code]).to.deep.equal([409, "NoLotOnLabel"]);
    const { body } = await scene.operator.post("/api/v1/parties", {
      name: "Stranger",
      roles: ["cooperative"],
    });
    const stranger = await new Client(scene.url).signedIn(String(body["id"]));
    const captured = await stranger.post("/epcis/events", {
      "@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],
      ...{ type: "ObjectEvent", action: "OBSERVE", bizStep: "storing" },
      ...{ eventTime: "2026-08-16T08:00:00+08:00", eventTimeZoneOffset: "+08:00" },
      quantityList: [{ epcClass: "https://stranger.example/lots/LOT-9" }],
      bizTransactionList: [{ type: "recadv", bizTransaction: `urn:sheaf:receipt:${receipt}` }],
    });
    expect(captured.status).to.equal(201);
    expect((await warehouse.get(`/api/v1/receipts/${receipt}/label.svg`)).status).to.equal(409);
    expect((await stranger.get(`/api/v1/receipts/${receipt}/label.svg`)).status).to.equal(404);
  });

  it("stands beside what a bank asks, which any node confirms", async () => {
    const receipt = await issue("WT-10", "HEN-EGGS", "LOT-10");
    const { body } = await warehouse.get<{
      checks: { about: string; request: object }[];
      lien: { encumbered: boolean };
    }>(`/api/v1/receipts/${receipt}/standing`);
    expect(body.lien.encumbered).to.equal(false);
    const [check] = body.checks;
    const response = await fetch(scene.chain.url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(check!.request),
    });
    const { result } = (await response.json()) as { result: string };
    expect(`0x${result.slice(26, 66)}`).to.equal(scene.partyOf("eggs").toLowerCase());
  });
});
