import { expect } from "chai";
import { startBackend, type TestBackend } from "../../support/backend.ts";
import { Client } from "../../support/client.ts";
import { startLocalChain } from "../../support/local-chain.ts";

describe("Without a network that answers", function () {
  this.timeout(60_000);
  let started: TestBackend;
  let operator: Client;

  before(async () => {
    const chain = await startLocalChain();
    started = await startBackend(chain);
    operator = await new Client(started.url).signedIn("operator");
    await chain.close();
  });

  after(() => started.close());

  it("the calendar stays where it is, and says why", async () => {
    const { status, body } = await operator.post("/api/v1/sandbox/calendar", {
      to: "2027-01-01T00:00:00+08:00",
    });
    expect([status, body["code"]]).to.deep.equal([503, "NetworkUnreachable"]);
  });

  it("an admission is on record, and its caller is told so while it still waits", async () => {
    const begun = Date.now();
    const { status, body, headers } = await operator.post("/api/v1/parties", {
      name: "Mill",
      roles: ["cooperative"],
    });
    expect([status, body["state"]]).to.deep.equal([202, "Queued"]);
    expect(headers.get("location")).to.equal(`/api/v1/commands/${String(body["id"])}`);
    expect(Date.now() - begun < 20_000).to.equal(true);
  });
});
