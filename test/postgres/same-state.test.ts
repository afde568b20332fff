import { expect } from "chai";
import { startBackend, type TestBackend } from "../support/backend.ts";
import { Client } from "../support/client.ts";
import { made, startTrade, type Trade } from "../support/trade.ts";
import { drawDown, delivered, openFacility, orderBody, storyOrder } from "../support/trade-acts.ts";
import { stateOf } from "../support/state.ts";

/** Numbers that a language would sort otherwise than their code points. */
const numbers = ["b-1", "B-2", "a_1", "A 2", "ä-1", "Z-9", "稻-1", "_x", "-y"];

describe("A read model on PostgreSQL", function () {
  this.timeout(120_000);
  let trade: Trade;
  let embedded: TestBackend;

  before(async () => {
    trade = await startTrade();
    for (const number of numbers) {
      made(await trade.buyer.post("/api/v1/orders", orderBody(trade, { number })));
    }
    const facility = await openFacility(trade);
    const order = await storyOrder(trade, "PO-1");
    made(await drawDown(trade, facility, order, "78000.00"));
    await delivered(trade, order, 1, "1000.000");
    embedded = await startBackend(trade.chain, { databaseUrl: undefined });
  });

  after(async () => {
    await embedded.close();
    await trade.close();
  });

  it("has the state hash of the same chain's on SQLite", async () => {
    expect(trade.started.config.databaseUrl).to.match(/^postgres:/);
    expect(await stateOf(embedded)).to.equal(await stateOf(trade.started));
  });

  it("gives the pages of a list as SQLite does, in the same order", async () => {
    const there = await ordersAt(trade.started.url, trade);
    const here = await ordersAt(embedded.url, trade);
    expect(there.length).to.equal(numbers.length + 1);
    expect(there).to.deep.equal(here);
  });
});

async function ordersAt(url: string, trade: Trade): Promise<string[]> {
  const buyer = await new Client(url).signedIn(trade.buyer.id);
  const found: string[] = [];
  let after: string | null = "";
  while (after !== null) {
    const query: string = after === "" ? "" : `&after=${after}`;
    const { items, next } = made<{ items: { number: string }[]; next: string | null }>(
      await buyer.get(`/api/v1/orders?limit=3${query}`),
    );
    found.push(...items.map(({ number }) => number));
    after = next;
  }
  return found;
}
