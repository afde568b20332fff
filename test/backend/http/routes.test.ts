import { expect } from "chai";
import { describeApi } from "../../../backend/src/app.ts";
import { startBackend, type TestBackend } from "../../support/backend.ts";
import { Client } from "../../support/client.ts";
import { startLocalChain, type LocalChain } from "../../support/local-chain.ts";

/** Whoever opens a route has to say so here. */
const open = new Set([
  "POST /api/v1/auth/sandbox",
  "POST /api/v1/auth/refresh",
  "POST /api/v1/auth/nonce",
  "POST /api/v1/auth/wallet",
  "POST /api/v1/auth/sign-out",
  "GET /api/v1/liens",
  "GET /api/v1/liens/{id}",
  "GET /api/v1/sandbox/parties",
  "GET /api/v1/sandbox/calendar",
  "GET /health",
  "GET /health/live",
  "GET /health/ready",
  "GET /01/{gtin}/10/{lot}",
  "GET /01/{gtin}/10/{lot}/21/{serial}",
  "GET /lot/{path}",
  "GET /.well-known/gs1resolver",
  "POST /api/v1/chain",
]);

describe("The routes", function () {
  this.timeout(60_000);
  let chain: LocalChain;
  let started: TestBackend;

  before(async () => {
    chain = await startLocalChain();
    started = await startBackend(chain);
  });

  after(async () => {
    await started.close();
    await chain.close();
  });

  it("are closed unless they are listed as open", async () => {
    const { paths } = await describeApi();
    const anyone = new Client(started.url);
    for (const [path, operations] of Object.entries(paths)) {
      for (const method of Object.keys(operations).filter((name) =>
        /^(get|post|put|delete)$/.test(name),
      )) {
        const route = `${method.toUpperCase()} ${path}`;
        const filled = path.replace(/\{\w+\}/g, "1");
        const { status } = await anyone.send(method.toUpperCase(), filled);
        if (open.has(route)) expect(status, route).not.to.equal(401);
        else expect(status, route).to.equal(401);
      }
    }
  });

  it("describe every type that they refer to", async () => {
    const document = await describeApi();
    const references = new Set(
      [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]*)"/g)].map(
        ([, name]) => name,
      ),
    );
    expect(Object.keys(document.components?.schemas ?? {})).to.include.members([...references]);
  });

  it("are described by OpenAPI 3.1, with a page of our own files", async () => {
    const anyone = new Client(started.url);
    const { body } = await anyone.get("/api/openapi.json");
    expect(body["openapi"]).to.equal("3.1.0");
    expect(JSON.stringify(body)).not.to.include('"nullable"');
    const page = await anyone.get<string>("/api/docs");
    expect(page.status).to.equal(200);
    expect(page.body).not.to.match(/(src|href)="https?:/);
    expect((await anyone.get("/api/docs/swagger-ui-bundle.js")).status).to.equal(200);
  });
});
