import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { Database } from "../../../backend/src/database/database.ts";
import { CommandRow } from "../../../backend/src/command/command.entity.ts";
import { made, refusal, startTrade, type Trade } from "../../support/trade.ts";

interface Hook {
  readonly id: string;
  readonly secret: string;
}

describe("A request that is repeated with its idempotency key", function () {
  this.timeout(60_000);
  let trade: Trade;

  before(async () => {
    trade = await startTrade({ webhookPrivateAddresses: true });
  });

  after(() => trade.close());

  const url = "http://127.0.0.1:9/";
  const hooks = (key: string, body: object = { url }) =>
    trade.buyer.post<Hook>("/api/v1/webhooks", body, { "idempotency-key": key });
  const admit = (key: string, name = "Mill") =>
    trade.operator.post(
      "/api/v1/parties",
      { name, roles: ["cooperative"] },
      { "idempotency-key": key },
    );
  const keys = (): Promise<string[]> => readdir(join(trade.started.config.dataDir, "keystore"));
  const record = (): Database => trade.started.backend.app.get(Database);

  it("makes one webhook, and is told the same secret", async () => {
    const first = made(await hooks("hook"));
    const again = made(await hooks("hook"));
    expect(again).to.deep.equal(first);
    const all = await Promise.all(Array.from({ length: 10 }, () => hooks("ten").then(made)));
    expect(new Set(all.map(({ id }) => id)).size).to.equal(1);
    const { body } = await trade.buyer.get<{ items: Hook[] }>("/api/v1/webhooks");
    expect(body.items.map(({ id }) => id)).to.have.members([first.id, all[0]!.id]);
  });

  it("is refused where it is another one, and makes another webhook with another key", async () => {
    const { id } = made(await hooks("mine"));
    const other = await hooks("mine", { url: `${url}other` });
    expect(refusal(other as never)).to.equal("422 IdempotencyKeyReused");
    expect(made(await hooks("yours")).id).not.to.equal(id);
  });

  it("changes a webhook's secret once, so that the one before goes on signing", async () => {
    const { id, secret } = made(await hooks("rotated"));
    const rotate = () =>
      trade.buyer.post<Hook>(`/api/v1/webhooks/${id}/secret`, undefined, {
        "idempotency-key": "rotation",
      });
    const first = made(await rotate());
    expect(first.secret).not.to.equal(secret);
    expect(made(await rotate()).secret).to.equal(first.secret);
  });

  it("leaves nothing of a webhook's secret in clear", async () => {
    const { secret } = made(await hooks("clear"));
    const rows = await record().read.query<unknown[]>('SELECT * FROM "requests"');
    expect(JSON.stringify(rows)).not.to.include(secret.slice(6, 30));
  });

  it("admits one party, with one key and one pair of mandates", async () => {
    const before = (await keys()).length;
    const { status, body } = await admit("mill");
    expect(status).to.equal(201);
    expect((await admit("mill")).body).to.deep.equal(body);
    expect((await keys()).length).to.equal(before + 1);
    const account = String(body["id"]);
    expect(await record().read.countBy(CommandRow, { key: account })).to.equal(2);
  });

  it("goes on with the key that it made before it was interrupted", async () => {
    const before = (await keys()).length;
    // As a crash leaves it: the key is made, the admission is not on record.
    const { body } = await admit("interrupted", "Press");
    await record().write((manager) =>
      manager.delete(CommandRow, { idempotencyKey: "interrupted" }),
    );
    const again = await admit("interrupted", "Press");
    expect([again.status, again.body["code"]]).to.deep.equal([409, "AlreadyAdmitted"]);
    expect((await keys()).length).to.equal(before + 1);
    expect(await record().read.countBy(CommandRow, { key: String(body["id"]) })).to.equal(2);
  });
});
