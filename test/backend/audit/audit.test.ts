import { expect } from "chai";
import { AuditEntryRow } from "../../../backend/src/audit/audit.entity.ts";
import { AuditLog } from "../../../backend/src/audit/audit-log.ts";
import { storedAudit, verifyAudit } from "../../../backend/src/audit/verify.ts";
import { Database } from "../../../backend/src/database/database.ts";
import { Client } from "../../support/client.ts";
import { orderBody } from "../../support/trade-acts.ts";
import { startTrade, type Trade } from "../../support/trade.ts";

describe("The audit log of a backend", function () {
  this.timeout(60_000);
  let trade: Trade;
  let order: string;

  before(async () => {
    trade = await startTrade();
    const { body } = await trade.buyer.post<{ id: string }>("/api/v1/orders", orderBody(trade));
    order = body.id;
  });

  after(() => trade.close());

  const read = () => trade.started.backend.app.get(Database).read;
  const entries = async (): Promise<AuditEntryRow[]> => {
    await trade.started.backend.app.get(AuditLog).record({ kind: "read", what: {} });
    return read().find(AuditEntryRow, { order: { seq: "ASC" } });
  };
  const since = async (act: () => Promise<unknown>): Promise<AuditEntryRow[]> => {
    const before = (await entries()).length;
    await act();
    return (await entries()).slice(before, -1);
  };

  it("has what somebody wants before it is done, and what came of it", async () => {
    const body = orderBody(trade);
    const found = await since(() =>
      trade.buyer.post("/api/v1/orders", body, { "idempotency-key": "audited" }),
    );
    const [asked, answered] = found;
    expect(found.map(({ kind }) => kind)).to.deep.equal(["asked", "answered"]);
    expect(asked).to.deep.include({ party: trade.buyer.id, person: trade.buyer.id, apiKey: null });
    expect(asked?.what).to.deep.include({
      method: "POST",
      path: "/api/v1/orders",
      idempotencyKey: "audited",
    });
    expect(answered?.what).to.deep.include({ request: asked?.what["request"], status: 201 });
  });

  it("has refusals by their names", async () => {
    const [refused, ...more] = await since(() => trade.lender.post("/api/v1/orders", {}));
    expect(more).to.deep.equal([]);
    expect(refused).to.deep.include({ kind: "refused", party: trade.lender.id });
    expect(refused?.what).to.include({ path: "/api/v1/orders", code: "WrongRole" });
    const bad = await since(() => trade.buyer.post("/api/v1/orders", {}));
    expect(bad.map(({ what }) => what["code"])).to.deep.equal([undefined, "BadInput"]);
    const unknown = `0x${"0".repeat(64)}`;
    const stranger = await since(() => trade.otherBuyer.get(`/api/v1/orders/${order}`));
    expect(stranger[0]).to.deep.include({ kind: "read", party: trade.otherBuyer.id });
    expect(stranger[0]?.what).to.include({ status: 404, code: "NotFound" });
    const nothing = await since(() => trade.buyer.get(`/api/v1/orders/${unknown}`));
    expect(nothing[0]?.what).to.include({ status: 404 });
  });

  it("is filled by nobody who is refused again and again, or is not signed in", async () => {
    const strangers = await since(async () => {
      for (let times = 0; times < 5; times += 1) await trade.anyone.post("/api/v1/orders", {});
    });
    expect(strangers).to.deep.equal([]);
    const { arbiter } = trade;
    const found = await since(async () => {
      for (let times = 0; times < 50; times += 1) await arbiter.post("/api/v1/orders", {});
    });
    expect(found.length).to.be.within(30, 40);
    expect(new Set(found.map(({ kind }) => kind))).to.deep.equal(new Set(["refused"]));
  });

  it("has who read what others are a side of, and not what is the reader's alone", async () => {
    const [own] = await since(() => trade.cooperative.get(`/api/v1/orders/${order}`));
    expect(own).to.deep.include({ kind: "read", party: trade.cooperative.id });
    expect(own?.what["parties"]).to.deep.equal([trade.arbiter.id, trade.buyer.id].sort());
    const [list] = await since(() => trade.operator.get("/api/v1/orders?limit=2"));
    expect(list?.what["path"]).to.equal("/api/v1/orders?limit=2");
    expect(list?.what["parties"]).to.include(trade.buyer.id);
    const balance = (by: Client) => by.get(`/api/v1/parties/${trade.buyer.id}/balance`);
    expect(await since(() => balance(trade.buyer))).to.deep.equal([]);
    expect((await since(() => balance(trade.operator))).length).to.equal(1);
    expect(await since(() => trade.buyer.get("/api/v1/auth/me"))).to.deep.equal([]);
  });

  it("has who signed in, and no token", async () => {
    const { body } = await trade.anyone.post<Record<string, string>>("/api/v1/auth/sandbox", {
      party: trade.buyer.id,
    });
    await trade.anyone.post("/api/v1/auth/refresh", { refreshToken: "wrong" });
    const key = await trade.buyer.post<Record<string, string>>("/api/v1/api-keys", {
      name: "ERP",
      scopes: ["read"],
    });
    await new Client(trade.started.url, key.body["secret"]).get(`/api/v1/orders/${order}`);
    const all = await entries();
    const tried = all.filter(({ kind }) => kind === "signIn").slice(-2);
    expect(tried.map(({ what }) => [what["status"], what["subject"], what["code"]])).to.deep.equal([
      [200, trade.buyer.id, undefined],
      [401, undefined, "InvalidToken"],
    ]);
    expect(all.at(-2)?.apiKey).to.equal(key.body["id"]);
    const text = JSON.stringify(all);
    for (const secret of [body["accessToken"], body["refreshToken"], key.body["secret"]]) {
      expect(text).not.to.include(secret);
    }
  });

  it("is a chain for each process, and the next names the one before", async () => {
    const before = (await entries()).at(-1)!;
    const started = await trade.started.restart();
    try {
      await new Client(started.url).signedIn("operator");
      const database = started.backend.app.get(Database);
      await started.backend.app.get(AuditLog).record({ kind: "read", what: {} });
      const opened = await database.read.findOneByOrFail(AuditEntryRow, {
        kind: "opened",
        writer: started.backend.app.get(AuditLog).writer,
      });
      const heads = opened.what["heads"] as { writer: string; seq: number }[];
      expect(heads.map(({ writer }) => writer)).to.include(before.writer);
      const { chains, faults } = await verifyAudit(storedAudit(database.read));
      expect([chains, faults]).to.deep.equal([2, []]);
    } finally {
      trade = {
        ...trade,
        started,
        close: async () => {
          await started.close();
          await trade.chain.close();
        },
      };
    }
  });

  it("is the condition for doing anything", async () => {
    const { backend, url } = trade.started;
    const buyer = await new Client(url).signedIn(trade.buyer.id);
    const database = backend.app.get(Database);
    await database.write((manager) => manager.query("ALTER TABLE audit_entries RENAME TO gone"));
    const refused = await buyer.post("/api/v1/orders", orderBody(trade));
    expect([refused.status, refused.body["code"]]).to.deep.equal([503, "AuditUnavailable"]);
    await database.write((manager) => manager.query("ALTER TABLE gone RENAME TO audit_entries"));
    expect((await buyer.post("/api/v1/orders", orderBody(trade))).status).to.equal(201);
    await backend.app.get(AuditLog).record({ kind: "read", what: {} });
    expect((await verifyAudit(storedAudit(database.read))).faults).to.deep.equal([]);
  });
});
