import { expect } from "chai";
import { Wallet } from "ethers";
import { ApiKeyRow } from "../../../backend/src/auth/api-key.entity.ts";
import { Database } from "../../../backend/src/database/database.ts";
import { Client, type Answer } from "../../support/client.ts";
import { clientOf } from "../../support/sign-in.ts";
import { orderBody } from "../../support/trade-acts.ts";
import { startTrade, type Partner, type Trade } from "../../support/trade.ts";

interface Key {
  readonly id: string;
  readonly secret: string;
  readonly prefix: string;
  readonly lastUsedAt: string | null;
}

describe("An API key", function () {
  this.timeout(60_000);
  let trade: Trade;
  let count = 0;

  before(async () => {
    trade = await startTrade();
  });

  after(() => trade.close());

  const made = async (scopes: string[], by: Partner = trade.buyer, more = {}): Promise<Key> =>
    (await by.post<Key>("/api/v1/api-keys", { name: "ERP", scopes, ...more })).body;
  const machine = ({ secret }: Key): Client => new Client(trade.started.url, secret);
  const once = (): Record<string, string> => ({ "idempotency-key": `machine-${count++}` });
  const outcome = ({ status, body }: Answer): unknown[] => [status, body["code"]];
  const issue = (client: Client, headers: Record<string, string> = once()) =>
    client.post("/api/v1/orders", orderBody(trade), headers);

  it("acts for its party within its scopes, as a maker", async () => {
    const key = await made(["orders"]);
    const me = await machine(key).get("/api/v1/auth/me");
    expect(me.body).to.deep.include({
      id: trade.buyer.id,
      person: {
        account: trade.buyer.id,
        rank: "maker",
        apiKey: { id: key.id, scopes: ["orders"] },
      },
    });
    expect((await issue(machine(key))).status).to.equal(201);
  });

  it("changes nothing outside its scopes", async () => {
    const reader = machine(await made(["read"]));
    expect((await reader.get("/api/v1/orders")).status).to.equal(200);
    expect(outcome(await issue(reader))).to.deep.equal([403, "ScopeMissing"]);
    const finance = machine(await made(["finance"]));
    expect(outcome(await issue(finance))).to.deep.equal([403, "ScopeMissing"]);
  });

  it("knows of no other person's keys, nor is told their secrets, whatever it says its request is", async () => {
    const wallet = new Wallet(Wallet.createRandom().privateKey);
    const person = { rank: "viewer", name: "Li Wei" };
    await trade.buyer.put(`/api/v1/organisation/people/${wallet.address}`, person);
    const viewer = await clientOf(trade.started.url, wallet);
    const headers = { "idempotency-key": "same" };
    const input = { name: "Same", scopes: ["read"] };
    const [first, second] = await Promise.all(
      [trade.buyer, viewer].map((by) => by.post<Key>("/api/v1/api-keys", input, headers)),
    );
    expect([first!.status, second!.status]).to.deep.equal([201, 201]);
    expect(first!.body.secret).not.to.equal(second!.body.secret);
    const listed = await machine(second!.body).get<{ items: Key[] }>("/api/v1/api-keys");
    expect(listed.body.items.map(({ id }) => id)).to.deep.equal([second!.body.id]);
    const { body } = await machine(first!.body).get<{ items: Key[] }>("/api/v1/api-keys");
    expect(body.items.map(({ id }) => id)).not.to.include(second!.body.id);
  });

  it("has to name every change, so that it can ask again", async () => {
    const client = machine(await made(["orders"]));
    expect(outcome(await issue(client, {}))).to.deep.equal([400, "IdempotencyKeyRequired"]);
    const headers = once();
    const order = orderBody(trade);
    const first = await client.post("/api/v1/orders", order, headers);
    const again = await client.post("/api/v1/orders", order, headers);
    expect([again.status, again.body]).to.deep.equal([first.status, first.body]);
  });

  it("makes no keys, revokes none and names no people", async () => {
    const key = await made([...["read", "orders", "receipts", "finance", "administration"]]);
    const client = machine(key);
    const tries = [
      client.post("/api/v1/api-keys", { name: "More", scopes: ["read"] }, once()),
      client.send("DELETE", `/api/v1/api-keys/${key.id}`, undefined, once()),
      client.send(
        "PUT",
        `/api/v1/organisation/people/${trade.lender.id}`,
        { rank: "approver", name: "Me" },
        once(),
      ),
      client.send("PUT", "/api/v1/organisation/limits", { items: [] }, once()),
    ];
    for (const answer of await Promise.all(tries)) {
      expect(outcome(answer as Answer)).to.deep.equal([403, "PersonNeeded"]);
    }
  });

  it("is told once, kept as a hash, and shown by its beginning", async () => {
    const key = await made(["read"]);
    expect(key.secret).to.match(/^sheaf_[\w-]{43}$/);
    const { body } = await trade.buyer.get<{ items: Key[] }>("/api/v1/api-keys");
    const listed = body.items.find(({ id }) => id === key.id)!;
    expect(key.secret.startsWith(listed.prefix)).to.equal(true);
    expect(JSON.stringify(body)).not.to.include(key.secret);
    const rows = await trade.started.backend.app.get(Database).read.find(ApiKeyRow);
    expect(JSON.stringify(rows)).not.to.include(key.secret.slice(20));
  });

  it("says when it was used last", async () => {
    const key = await made(["read"]);
    await machine(key).get("/api/v1/orders");
    const { body } = await trade.buyer.get<{ items: Key[] }>("/api/v1/api-keys");
    expect(body.items.find(({ id }) => id === key.id)?.lastUsedAt).to.be.a("string");
  });

  it("gets a new secret, while the old one is still good for a while", async () => {
    const old = await made(["read"]);
    const path = `/api/v1/api-keys/${old.id}/rotation`;
    const { body, status } = await machine(old).post<Key>(path, { overlap: 1 }, once());
    expect([status, body.id]).to.deep.equal([200, old.id]);
    expect((await machine(body).get("/api/v1/auth/me")).status).to.equal(200);
    expect((await machine(old).get("/api/v1/auth/me")).status).to.equal(200);
    expect(outcome(await machine(old).post(path, {}, once()))).to.deep.equal([403, "FormerSecret"]);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect((await machine(old).get("/api/v1/auth/me")).status).to.equal(401);
    expect((await machine(body).get("/api/v1/auth/me")).status).to.equal(200);
    const other = await made(["read"]);
    const foreign = await machine(body).post(`/api/v1/api-keys/${other.id}/rotation`, {}, once());
    expect(outcome(foreign)).to.deep.equal([403, "PersonNeeded"]);
  });

  it("ends when it is revoked, and by itself", async () => {
    const key = await made(["read"]);
    const revoke = () => trade.buyer.send("DELETE", `/api/v1/api-keys/${key.id}`);
    expect((await revoke()).status).to.equal(204);
    expect(outcome(await machine(key).get("/api/v1/auth/me"))).to.deep.equal([401, "InvalidToken"]);
    expect((await revoke()).status).to.equal(404);
    const soon = new Date(Date.now() + 1500).toISOString().replace(/\.\d+Z/, "Z");
    const short = await made(["read"], trade.buyer, { expiresAt: soon });
    await new Promise((resolve) => setTimeout(resolve, 1600));
    expect((await machine(short).get("/api/v1/auth/me")).status).to.equal(401);
  });

  it("is made once by the same request, and its secret told once", async () => {
    const headers = once();
    const ask = (name: string): Promise<Answer> =>
      trade.buyer.post("/api/v1/api-keys", { name, scopes: ["read"] }, headers);
    const { status, body: key } = await ask("Once");
    expect(status).to.equal(201);
    const again = await ask("Once");
    expect(outcome(again)).to.deep.equal([409, "ApiKeyMade"]);
    expect(again.body).to.deep.include({ values: { id: key["id"] } });
    expect(outcome(await ask("Other"))).to.deep.equal([422, "IdempotencyKeyReused"]);
    const { body } = await trade.buyer.get<{ items: { name: string }[] }>("/api/v1/api-keys");
    expect(body.items.filter(({ name }) => name === "Once")).to.have.length(1);
  });

  it("is another party's business for nobody", async () => {
    const { id } = await made(["read"]);
    const stranger = trade.otherBuyer;
    const tries = [
      stranger.send("DELETE", `/api/v1/api-keys/${id}`),
      stranger.post(`/api/v1/api-keys/${id}/rotation`, {}),
    ];
    for (const answer of await Promise.all(tries)) {
      expect(outcome(answer as Answer)).to.deep.equal([404, "NotFound"]);
    }
    expect((await stranger.get<{ items: Key[] }>("/api/v1/api-keys")).body.items).to.deep.equal([]);
  });
});
