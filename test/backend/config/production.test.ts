import { expect } from "chai";
import { Wallet } from "ethers";
import { randomBytes } from "node:crypto";
import { parseConfig } from "../../../backend/src/config/config.ts";
import { startAnvilChain, type AnvilChain } from "../../support/anvil.ts";
import { startBackend, type TestBackend } from "../../support/backend.ts";
import { Client } from "../../support/client.ts";
import { clientOf } from "../../support/sign-in.ts";

describe("A backend in production settings", function () {
  this.timeout(90_000);
  const administrator = new Wallet(Wallet.createRandom().privateKey);
  let chain: AnvilChain;
  let started: TestBackend;

  before(async () => {
    chain = await startAnvilChain();
    const config = parseConfig({
      TOKEN_SECRET: randomBytes(32).toString("hex"),
      KEYSTORE_PASSPHRASE: randomBytes(16).toString("hex"),
      ADMINISTRATION_KEY: administrator.privateKey,
      PUBLIC_ORIGIN: "https://sheaf.test",
      FINALITY_BLOCKS: "0",
    });
    const { sandbox, tokenSecret, keystorePassphrase, scryptCost, administrationKey } = config;
    const { publicOrigin, rates, lowBalance, gas } = config;
    started = await startBackend(chain, {
      ...{ sandbox, tokenSecret, keystorePassphrase, scryptCost, administrationKey },
      ...{ publicOrigin, rates, lowBalance, gas },
    });
  });

  after(async () => {
    await started.close();
    await chain.close();
  });

  it("has no way in but by a wallet", async () => {
    const anyone = new Client(started.url);
    for (const path of ["/api/v1/auth/sandbox", "/api/v1/sandbox/money"]) {
      expect((await anyone.post(path, { party: "operator" })).status, path).to.equal(404);
    }
    expect((await anyone.get("/metrics")).status).to.equal(404);
    const operator = await clientOf(started.url, administrator);
    const { status, body } = await operator.get("/api/v1/auth/me");
    expect([status, body["roles"]]).to.deep.equal([200, ["operator", "supervisor", "guardian"]]);
  });

  it("tells browsers to come by https, and asks a new party for a key of its own", async () => {
    const operator = await clientOf(started.url, administrator);
    const { status, body, headers } = await operator.post("/api/v1/parties", {
      name: "A",
      roles: ["buyer"],
    });
    expect(headers.get("strict-transport-security")).to.include("max-age");
    expect([status, body["errors"]]).to.deep.equal([
      400,
      [{ pointer: "/key", detail: "is required" }],
    ]);
  });
});
