import { expect } from "chai";
import { listened } from "../../support/event-stream.ts";
import { made, startTrade, type Trade } from "../../support/trade.ts";

interface Key {
  readonly id: string;
  readonly secret: string;
}

describe("The stream of events", function () {
  this.timeout(60_000);
  let trade: Trade;

  before(async () => {
    trade = await startTrade();
  });

  after(() => trade.close());

  const keyOf = async (name: string): Promise<Key> =>
    made(await trade.buyer.post<Key>("/api/v1/api-keys", { name, scopes: ["read"] }));
  const listen = (secret: string, signal: AbortSignal): Promise<Response> =>
    fetch(`${trade.started.url}/api/v1/events`, {
      headers: { authorization: `Bearer ${secret}` },
      signal,
    });

  it("ends when the key that opened it is revoked", async () => {
    const { id, secret } = await keyOf("Revoked");
    const stream = await listen(secret, AbortSignal.timeout(20_000));
    expect(stream.status).to.equal(200);
    await trade.buyer.send("DELETE", `/api/v1/api-keys/${id}`);
    const reader = stream.body!.getReader();
    let isOver = false;
    while (!isOver) isOver = (await reader.read()).done;
    expect(isOver).to.equal(true);
  });

  it("is open ten times to one caller, and to the next one all the same", async () => {
    const ending = new AbortController();
    const { secret } = await keyOf("Many");
    const statuses = [];
    for (let count = 0; count < 11; count += 1) {
      statuses.push((await listen(secret, ending.signal)).status);
    }
    expect(statuses).to.deep.equal([...new Array<number>(10).fill(200), 429]);
    const next = await listen((await keyOf("Next")).secret, ending.signal);
    expect(next.status).to.equal(200);
    ending.abort();
    let again = 429;
    for (let left = 50; left > 0 && again === 429; left -= 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      const ended = new AbortController();
      again = (await listen(secret, ended.signal)).status;
      ended.abort();
    }
    expect(again).to.equal(200);
  });

  it("tells all that was before to whoever asks from the beginning", async () => {
    const { events } = await listened(trade, trade.buyer.id);
    expect(events.length).to.be.greaterThan(1);
  });
});
