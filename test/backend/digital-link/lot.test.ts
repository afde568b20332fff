import { expect } from "chai";
import { Client, type Answer } from "../../support/client.ts";
import { LotScene } from "../../support/lot-scene.ts";

const gtinLot = "/01/09506000134352/10/ABC%2F1";
const ownLot = "/lot/linxi-eggs.example/lots/L1";

describe("A lot's address", function () {
  this.timeout(60_000);
  let scene: LotScene;
  let anyone: Client;

  const get = (path: string, headers: Record<string, string> = {}): Promise<Answer<string>> =>
    anyone.send<string>("GET", path, undefined, headers);
  const harvested = (more: object): Promise<void> =>
    scene.capture("eggs", {
      type: "ObjectEvent",
      eventTime: "2026-08-12T07:30:00+08:00",
      eventTimeZoneOffset: "+08:00",
      action: "ADD",
      bizStep: "commissioning",
      ...more,
    });

  before(async () => {
    scene = await LotScene.open();
    anyone = new Client(scene.url);
    await scene.tell("L1");
    await harvested({
      quantityList: [{ epcClass: "urn:epc:class:lgtin:9506000.013435.ABC%2F1", quantity: 2 }],
    });
    await harvested({ epcList: ["urn:epc:id:sgtin:9506000.013435.7"] });
  });

  after(() => scene.close());

  it("answers with a page, with data or with links, as the caller likes best", async () => {
    const types = new Map([
      ["text/html,application/xhtml+xml;q=0.9,*/*;q=0.8", "text/html"],
      ["*/*", "text/html"],
      ["application/json", "application/json"],
      ["text/html;q=0.5, application/json", "application/json"],
      ["application/linkset+json", "application/linkset+json"],
    ]);
    for (const path of [gtinLot, ownLot]) {
      for (const [accept, type] of types) {
        const { status, headers } = await get(path, { accept });
        expect([status, headers.get("content-type")?.split(";")[0]], accept).to.deep.equal([
          200,
          type,
        ]);
        expect(headers.get("vary")).to.equal("Accept, Accept-Language");
      }
    }
  });

  it("names GS1's lots in all their spellings, and single items", async () => {
    const uri = "https://id.gs1.org/01/09506000134352/10/ABC%2F1";
    for (const gtin of ["9506000134352", "09506000134352"]) {
      const { lot } = await scene.story(`/01/${gtin}/10/ABC%2F1?17=271231`);
      expect(lot).to.deep.equal({ uri, name: "ABC/1", path: gtinLot });
    }
    expect((await scene.story(`${gtinLot}/21/7`)).events).to.have.length(2);
    expect((await scene.story(gtinLot)).events).to.have.length(1);
    const whole = encodeURIComponent("https://linxi-eggs.example/lots/L1");
    expect((await scene.story(`/lot/${whole}`)).lot.path).to.equal(ownLot);
  });

  it("links as GS1 has it, by header and as a linkset", async () => {
    const { headers } = await get(gtinLot, { accept: "text/html" });
    expect(headers.get("link")).to.equal(
      `<${scene.url}${gtinLot}?linkType=linkset>; rel="linkset"; type="application/linkset+json"`,
    );
    for (const query of ["linkType=linkset", "linkType=all"]) {
      const { body } = await anyone.get<{ linkset: Record<string, { href: string }[]>[] }>(
        `${gtinLot}?${query}`,
      );
      const [links] = body.linkset;
      expect(links?.["anchor"]).to.equal(scene.url + gtinLot);
      const types = Object.keys(links ?? {}).filter((name) => name !== "anchor");
      expect(types.map((type) => type.replace("https://ref.gs1.org/voc/", ""))).to.deep.equal([
        "defaultLink",
        "pip",
        "traceability",
        "epcis",
      ]);
      for (const type of types.slice(0, 3)) {
        for (const { href } of links?.[type] ?? []) {
          expect((await get(href.slice(scene.url.length))).status, href).to.equal(200);
        }
      }
    }
    expect((await get(`${gtinLot}?linkType=gs1:recipeInfo`)).status).to.equal(404);
    expect((await get("/.well-known/gs1resolver")).body).to.deep.include({
      resolverRoot: scene.url,
    });
  });

  it("is refused in words where it cannot be right, and where nobody knows it", async () => {
    const html = { accept: "text/html", "accept-language": "en" };
    const wrong = await get("/01/09506000134353/10/ABC", html);
    expect(wrong.status).to.equal(400);
    expect(wrong.body).to.include("the last digit would be 2");
    const json = { accept: "application/json" };
    const problem = await anyone.send<{ code: string; errors: object[] }>(
      "GET",
      "/01/09506000134353/10/ABC",
      undefined,
      json,
    );
    expect([problem.status, problem.body.code, problem.body.errors[0]]).to.deep.equal([
      400,
      "BadInput",
      {
        parameter: "gtin",
        detail: "09506000134353 has a wrong check digit: the last digit would be 2",
      },
    ]);
    for (const [path, status] of [
      ["/01/123/10/ABC", 400],
      [`/01/09506000134352/10/${"x".repeat(21)}`, 400],
      ["/01/09506000134352/10/%E7%A8%BB", 400],
      ["/lot/nowhere", 400],
      ["/lot/nowhere.example/a%20b", 400],
      ["/lot/id.gs1.org/01/09506000134353/10/A", 400],
      ["/01/09506000134352/10/NONE", 404],
      ["/lot/nowhere.example/lots/1", 404],
      [`/lot/${"x".repeat(900)}.example/a`, 400],
    ] as const) {
      const page = await get(path, html);
      expect([page.status, page.headers.get("content-type")], path).to.deep.equal([
        status,
        "text/html; charset=utf-8",
      ]);
      expect((await get(path, json)).status, path).to.equal(status);
    }
  });

  it("writes what strangers say as text, never as markup", async () => {
    const name = "https://linxi-eggs.example/lots/x<script>alert(1)</script>\"'&";
    const { body } = await get(`/lot/${encodeURIComponent(name)}`, { accept: "text/html" });
    expect(body).not.to.include("<script>alert");
    await scene.operator.put("/api/v1/locations", {
      uri: "https://linxi-eggs.example/places/odd",
      party: scene.partyOf("eggs"),
      name: "<img src=x onerror=alert(1)>",
    });
    await harvested({
      quantityList: [{ epcClass: "https://linxi-eggs.example/lots/ODD", quantity: 1 }],
      bizLocation: { id: "https://linxi-eggs.example/places/odd" },
    });
    const odd = await get("/lot/linxi-eggs.example/lots/ODD", { accept: "text/html" });
    expect(odd.body).to.include("&lt;img src=x").and.not.include("<img src=x");
  });

  it("says at the top of a page what does not add up about a lot", async () => {
    const lot = { epcClass: "https://linxi-eggs.example/lots/MORE", uom: "KGM" };
    await harvested({ quantityList: [{ ...lot, quantity: 10 }] });
    await scene.capture("eggs", {
      ...{ type: "ObjectEvent", action: "OBSERVE", bizStep: "shipping" },
      ...{ eventTime: "2026-08-13T07:30:00+08:00", eventTimeZoneOffset: "+08:00" },
      quantityList: [{ ...lot, quantity: 12 }],
    });
    const path = "/lot/linxi-eggs.example/lots/MORE";
    const { flags } = await scene.story(path);
    expect(flags.map(({ code }) => code)).to.include("MoreThanCommissioned");
    const { body } = await get(path, { accept: "text/html", "accept-language": "zh" });
    expect(body.indexOf("入库或售出的数量多于采收或生产的数量")).to.be.within(
      1,
      body.indexOf('id="check"'),
    );
  });

  it("comes with a policy that lets nothing in but itself and the node that was asked for", async () => {
    const policyOf = async (query: string): Promise<string> =>
      (await get(ownLot + query, { accept: "text/html" })).headers.get("content-security-policy") ??
      "";
    expect(await policyOf(""))
      .to.include("default-src 'none'")
      .and.include("connect-src 'self';");
    expect(await policyOf("?rpc=https://node.example:8545")).to.include(
      "connect-src 'self' https://node.example:8545;",
    );
    for (const evil of [
      "https://a.example;script-src *",
      "https://*",
      "javascript:alert(1)",
      "https://a,b.example",
      "https://a.example%20*",
    ]) {
      expect(await policyOf(`?rpc=${encodeURIComponent(evil)}`), evil).to.include(
        "connect-src 'self';",
      );
    }
  });

  it("is not sent again to whoever has it, and is read in the language that is preferred", async () => {
    const first = await get(ownLot, { accept: "text/html", "accept-language": "en-GB" });
    const etag = first.headers.get("etag") ?? "";
    expect(first.headers.get("cache-control")).to.equal("public, max-age=30, must-revalidate");
    const again = await get(ownLot, {
      accept: "text/html",
      "accept-language": "en-GB",
      "if-none-match": etag,
    });
    expect([again.status, again.body]).to.deep.equal([304, ""]);
    for (const [accepted, language] of [
      ["zh-TW,en;q=0.5", "zh-CN"],
      ["de,en;q=0.1", "en-GB"],
      ["fr", "en-GB"],
      ["", "zh-CN"],
      ["zh;q=0,en", "en-GB"],
    ]) {
      const { headers } = await get(ownLot, { accept: "text/html", "accept-language": accepted! });
      expect(headers.get("content-language"), accepted).to.equal(language);
    }
    expect(
      (await get(`${ownLot}?lang=zh`, { accept: "text/html", "accept-language": "en" })).body,
    ).to.include("鲜鸡蛋");
  });

  it("is asked for so often by one address and no more", async () => {
    await scene.restart({ rates: { address: 20, caller: 0, signIn: 0 } });
    const busy = new Client(scene.url);
    const statuses: number[] = [];
    for (let times = 0; times < 6; times += 1) statuses.push((await busy.get(ownLot)).status);
    expect(statuses).to.deep.equal([200, 200, 200, 200, 429, 429]);
    await scene.restart({ rates: { address: 0, caller: 0, signIn: 0 } });
    anyone = new Client(scene.url);
  });
});
