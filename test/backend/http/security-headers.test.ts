import { expect } from "chai";
import { startBackend, type TestBackend } from "../../support/backend.ts";
import { Client } from "../../support/client.ts";
import { startLocalChain, type LocalChain } from "../../support/local-chain.ts";

describe("What browsers are told", function () {
  this.timeout(60_000);
  let chain: LocalChain;
  let started: TestBackend;
  let production: TestBackend;
  const shop = "https://shop.example";

  before(async () => {
    chain = await startLocalChain();
    started = await startBackend(chain);
    production = await startBackend(chain, {
      sandbox: false,
      publicOrigin: "https://sheaf.example",
      corsOrigins: [shop],
    });
  });

  after(async () => {
    await started.close();
    await production.close();
    await chain.close();
  });

  it("of every answer: what type it is, and that nobody frames it or hears of it elsewhere", async () => {
    const anyone = new Client(started.url);
    for (const path of [
      "/api/v1/liens",
      "/api/v1/orders",
      "/nowhere",
      "/problems",
      "/",
      "/api/docs",
    ]) {
      const { headers } = await anyone.get(path);
      expect(headers.get("x-content-type-options"), path).to.equal("nosniff");
      expect(headers.get("x-frame-options"), path).to.equal("DENY");
      expect(headers.get("referrer-policy"), path).to.equal("no-referrer");
      expect(headers.get("content-security-policy"), path).to.include("frame-ancestors 'none'");
      expect(headers.get("content-security-policy"), path).not.to.match(/script-src|unsafe-eval/);
    }
  });

  it("of the API's answers: to keep none, and to run nothing of them", async () => {
    const { headers } = await new Client(started.url).get("/api/v1/orders");
    expect(headers.get("cache-control")).to.equal("no-store");
    expect(headers.get("content-security-policy")).to.include("default-src 'none'");
    const page = await fetch(started.url, { headers: { accept: "text/html" } });
    expect(page.headers.get("content-security-policy")).to.include("default-src 'self'");
  });

  it("outside a sandbox: to come by https alone", async () => {
    const name = "strict-transport-security";
    expect((await new Client(started.url).get("/api/v1/liens")).headers.has(name)).to.equal(false);
    expect((await new Client(production.url).get("/api/v1/liens")).headers.get(name)).to.match(
      /^max-age=\d{8}/,
    );
  });

  const preflight = (url: string, origin: string): Promise<Response> =>
    fetch(`${url}/api/v1/orders`, {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": "POST" },
    });

  it("that no other page may call, unless it is named", async () => {
    const allow = "access-control-allow-origin";
    expect((await preflight(started.url, shop)).headers.has(allow)).to.equal(false);
    expect(
      (await preflight(production.url, "https://evil.example")).headers.get(allow),
    ).not.to.equal("https://evil.example");
    const allowed = await preflight(production.url, shop);
    expect(allowed.headers.get(allow)).to.equal(shop);
    expect(allowed.headers.has("access-control-allow-credentials")).to.equal(false);
  });
});
