import { expect } from "chai";
import { Database } from "../../../backend/src/database/database.ts";
import { WebhookRow } from "../../../backend/src/webhook/webhook.entity.ts";
import { startReceiver, verified, type Receiver } from "../../support/receiver.ts";
import { made, refusal, startTrade, type Problem, type Trade } from "../../support/trade.ts";

interface Hook {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[] | null;
  readonly enabled: boolean;
  readonly secret: string;
}

describe("A party's webhooks", function () {
  this.timeout(60_000);
  let trade: Trade;
  let receiver: Receiver;

  before(async () => {
    trade = await startTrade({ webhookPrivateAddresses: true });
    receiver = await startReceiver();
  });

  after(async () => {
    await receiver.close();
    await trade.close();
  });

  const create = (body: object = {}): Promise<Hook> =>
    trade.buyer.post<Hook>("/api/v1/webhooks", { url: receiver.url, ...body }).then(made);

  it("tell their secret once, and it is not in the database", async () => {
    const { id, secret, ...shown } = await create({ description: "ERP", events: ["OrderIssued"] });
    expect(secret).to.match(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(shown).to.include({ url: receiver.url, enabled: true, description: "ERP" });
    const got = made(await trade.buyer.get<Hook>(`/api/v1/webhooks/${id}`));
    expect(got).to.deep.equal({ id, ...shown });
    const row = await trade.started.backend.app.get(Database).read.findOneBy(WebhookRow, { id });
    expect(JSON.stringify(row)).not.to.include(secret.slice(6, 30));
  });

  it("are nobody else's to see, to change or to use", async () => {
    const { id } = await create();
    const place = `/api/v1/webhooks/${id}`;
    const { otherBuyer } = trade;
    const { body } = await otherBuyer.get<{ items: unknown[] }>("/api/v1/webhooks");
    expect(body.items).to.deep.equal([]);
    const put = { url: receiver.url, enabled: false };
    const tries = [
      await otherBuyer.get(place),
      await otherBuyer.put(place, put),
      await otherBuyer.send("DELETE", place),
      await otherBuyer.post(`${place}/secret`),
      await otherBuyer.post(`${place}/test`),
      await otherBuyer.post(`${place}/replay`, { dead: true }),
      await otherBuyer.get(`${place}/deliveries`),
    ];
    for (const each of tries) expect(refusal(each as never)).to.equal("404 NotFound");
    expect(made(await trade.buyer.get<Hook>(place)).enabled).to.equal(true);
  });

  it("can be changed, and are gone when deleted", async () => {
    const { id } = await create();
    const place = `/api/v1/webhooks/${id}`;
    const put = { url: `${receiver.url}/2`, events: ["DrawnDown"], enabled: false };
    const changed = made(await trade.buyer.put<Hook>(place, put));
    expect(changed).to.deep.include(put);
    expect((await trade.buyer.send("DELETE", place)).status).to.equal(204);
    expect(refusal(await trade.buyer.get(place))).to.equal("404 NotFound");
  });

  it("refuse what cannot be sent to, events that do not exist, and a replay of nothing", async () => {
    const { id } = await create();
    const problems = async (path: string, body: object): Promise<unknown> => {
      const { status, body: problem } = await trade.buyer.post<Problem>(path, body);
      return [status, problem.errors?.map(({ pointer }) => pointer)];
    };
    const hooks = "/api/v1/webhooks";
    expect(await problems(hooks, { url: "ftp://a.example" })).to.deep.equal([400, ["/url"]]);
    const unknown = { url: receiver.url, events: ["OrderIssued", "Nonsense"] };
    expect(await problems(hooks, unknown)).to.deep.equal([400, ["/events"]]);
    const replay = `${hooks}/${id}/replay`;
    for (const body of [{}, { dead: false }, { dead: true, event: "1-1" }]) {
      expect(await problems(replay, body)).to.deep.equal([400, [""]]);
    }
    expect(await problems(replay, { event: "9999-1" })).to.deep.equal([400, ["/event"]]);
    expect(await problems(replay, { event: "x" })).to.deep.equal([400, ["/event"]]);
  });

  it("sign by the new and the former secret after a rotation", async () => {
    const { id, secret: former } = await create();
    const place = `/api/v1/webhooks/${id}`;
    const { secret } = made(await trade.buyer.post<Hook>(`${place}/secret`));
    expect(secret).not.to.equal(former);
    receiver.received.length = 0;
    const tested = made(await trade.buyer.post(`${place}/test`));
    expect(tested).to.deep.equal({ succeeded: true, status: 204, fault: null });
    const [request] = receiver.received;
    for (const each of [secret, former]) expect(verified(request!, each).type).to.equal("test");
  });

  it("are at most twenty", async () => {
    const made = async (): Promise<string> =>
      refusal(await trade.lender.post("/api/v1/webhooks", { url: receiver.url }));
    for (let count = 0; count < 20; count += 1) expect(await made()).to.match(/^201/);
    expect(await made()).to.equal("422 TooManyWebhooks");
  });
});
