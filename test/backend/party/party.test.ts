import { expect } from "chai";
import { Wallet } from "ethers";
import { startBackend, type TestBackend } from "../../support/backend.ts";
import { Client } from "../../support/client.ts";
import { startLocalChain, type LocalChain } from "../../support/local-chain.ts";

interface Problem {
  readonly code: string;
  readonly errors: { readonly pointer?: string; readonly parameter?: string }[];
}

describe("Parties over HTTP", function () {
  this.timeout(60_000);
  let chain: LocalChain;
  let started: TestBackend;
  let anyone: Client;
  let operator: Client;

  before(async () => {
    chain = await startLocalChain();
    started = await startBackend(chain);
    anyone = new Client(started.url);
    operator = await anyone.signedIn("operator");
  });

  after(async () => {
    await started.close();
    await chain.close();
  });

  const admit = async (name: string, ...roles: string[]): Promise<string> => {
    const { body } = await operator.post("/api/v1/parties", { name, roles });
    return String(body["id"]);
  };

  it("admits a party, which can sign in at once", async () => {
    const { status, body } = await operator.post("/api/v1/parties", {
      name: "Farm",
      roles: ["cooperative", "warehouse"],
    });
    expect(status).to.equal(201);
    expect(body).to.include({ name: "Farm", suspended: false, payoutAccount: body["id"] });
    expect(body["roles"]).to.deep.equal(["cooperative", "warehouse"]);
    expect(body["admittedAt"]).to.match(/^2026-08-31T08:00:\d\d\+08:00$/);
    const farm = await anyone.signedIn(String(body["id"]));
    expect((await farm.get("/api/v1/auth/me")).body["id"]).to.equal(body["id"]);
  });

  it("suspends and reinstates", async () => {
    const id = await admit("Slow", "buyer");
    const suspended = await operator.post(`/api/v1/parties/${id}/suspension`, { suspended: true });
    expect([suspended.status, suspended.body["suspended"]]).to.deep.equal([200, true]);
    const back = await operator.post(`/api/v1/parties/${id}/suspension`, { suspended: false });
    expect(back.body["suspended"]).to.equal(false);
  });

  it("lets a party name its own payout account, and nobody else's", async () => {
    const id = await admit("Paid", "cooperative");
    const other = await admit("Other", "cooperative");
    const account = Wallet.createRandom().address;
    const party = await anyone.signedIn(id);
    const changed = await party.put(`/api/v1/parties/${id}/payout-account`, { account });
    expect([changed.status, changed.body["payoutAccount"]]).to.deep.equal([200, account]);
    const foreign = await party.put(`/api/v1/parties/${other}/payout-account`, { account });
    expect(foreign.status).to.equal(404);
    const balance = await party.get<{ balances: unknown[] }>(`/api/v1/parties/${id}/balance`);
    expect(balance.body.balances).to.have.length(2);
    expect((await party.get(`/api/v1/parties/${other}/balance`)).status).to.equal(404);
  });

  it("lists by role, in pages, each party once", async () => {
    for (const name of ["L1", "L2", "L3", "L2"]) await admit(name, "lender");
    const seen: string[] = [];
    let after = "";
    for (let pages = 0; pages < 5; pages += 1) {
      const { body } = await operator.get<{
        items: { id: string; name: string }[];
        next: string | null;
      }>(`/api/v1/parties?role=lender&limit=2${after}`);
      seen.push(...body.items.map(({ name }) => name));
      if (body.next === null) break;
      after = `&after=${encodeURIComponent(body.next)}`;
    }
    expect(seen).to.deep.equal(["L1", "L2", "L2", "L3"]);
  });

  it("is closed without a token, and to other roles", async () => {
    const id = await admit("Plain", "buyer");
    const buyer = await anyone.signedIn(id);
    const input = { name: "X", roles: ["buyer"] };
    expect((await anyone.post("/api/v1/parties", input)).status).to.equal(401);
    expect((await new Client(started.url, "a.b.c").get("/api/v1/parties")).status).to.equal(401);
    const refused = await buyer.post("/api/v1/parties", input);
    expect([refused.status, refused.body["code"]]).to.deep.equal([403, "WrongRole"]);
  });

  it("names every fault of a bad request, and leaves nothing behind", async () => {
    const { status, body } = await operator.post<Problem>("/api/v1/parties", {
      name: "",
      roles: ["king"],
      key: "0x12",
      colour: "red",
    });
    expect([status, body.code]).to.deep.equal([400, "BadInput"]);
    expect(new Set(body.errors.map(({ pointer }) => pointer))).to.deep.equal(
      new Set(["/name", "/roles", "/key", "/colour"]),
    );
    const list = await operator.get<Problem>("/api/v1/parties?limit=1000&after=zzz&colour=red");
    expect(list.body.errors.map(({ parameter }) => parameter)).to.include.members([
      "limit",
      "colour",
    ]);
    expect((await operator.get("/api/v1/parties?after=zzz")).status).to.equal(400);
    expect((await operator.get("/api/v1/parties/12")).status).to.equal(400);
    expect(
      (await operator.get(`/api/v1/parties/${Wallet.createRandom().address}`)).status,
    ).to.equal(404);
  });

  it("answers malformed, huge and foreign bodies with a problem, never with a stack", async () => {
    const malformed = await operator.post("/api/v1/parties", '{"name":');
    expect([malformed.status, malformed.body["code"]]).to.deep.equal([400, "MalformedBody"]);
    const huge = await operator.post("/api/v1/parties", { name: "x".repeat(300_000), roles: [] });
    expect([huge.status, huge.body["code"]]).to.deep.equal([413, "BodyTooLarge"]);
    const foreign = await operator.post("/api/v1/parties", "<a/>", { "content-type": "text/xml" });
    expect([foreign.status, foreign.body["code"]]).to.deep.equal([415, "UnsupportedMediaType"]);
    const unknown = await operator.post("/api/v1/parties", "a", { "content-type": "image/png" });
    expect(unknown.status).to.equal(415);
    const list = await operator.post<Problem>("/api/v1/parties", []);
    expect(list.status).to.equal(400);
    const nowhere = await operator.get("/api/v1/nowhere");
    expect([nowhere.status, nowhere.body["code"]]).to.deep.equal([404, "NoSuchRoute"]);
  });

  it("explains its refusals on a page", async () => {
    const page = await anyone.get<string>("/problems/AlreadyAdmitted");
    expect(page.status).to.equal(200);
    expect(page.body).to.include("admitted already");
    expect((await anyone.get("/problems/%3Cscript%3E")).status).to.equal(404);
  });

  it("renews a session once, and ends it when a token comes back", async () => {
    const id = await admit("Session", "buyer");
    const { body } = await anyone.post("/api/v1/auth/sandbox", { party: id });
    const { refreshToken } = body;
    const renewed = await anyone.post("/api/v1/auth/refresh", { refreshToken });
    expect(renewed.status).to.equal(200);
    expect((await anyone.post("/api/v1/auth/refresh", { refreshToken })).status).to.equal(401);
    const next = renewed.body["refreshToken"];
    expect((await anyone.post("/api/v1/auth/refresh", { refreshToken: next })).status).to.equal(
      401,
    );
  });
});
