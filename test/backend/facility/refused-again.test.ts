import { expect } from "chai";
import { storyOrder, openFacility } from "../../support/trade-acts.ts";
import { startTrade, type Trade } from "../../support/trade.ts";

describe("A drawdown", function () {
  this.timeout(120_000);
  let trade: Trade;

  before(async () => {
    trade = await startTrade();
    await trade.at("2026-09-01T09:00:00");
  });

  after(() => trade.close());

  it("refused with a key is refused again with the same words, also to one who did not wait", async () => {
    const order = await storyOrder(trade, "PO-1");
    const body = { order, amount: "500000.01", revision: 0 };
    const path = `/api/v1/facilities/${await openFacility(trade)}/drawdowns`;
    const ask = (key: string, prefer = "wait=5") =>
      trade.cooperative.post(path, body, { "idempotency-key": key, prefer });
    const [first, again] = [await ask("too-much"), await ask("too-much")];
    expect(again.body).to.deep.equal(first.body);
    expect(again.status).to.equal(422);
    expect(again.headers.get("content-type")).to.match(/^application\/problem\+json/);
    expect(first.body["values"]).to.include({ asked: "500000.01" });
    expect((await ask("too-much-later", "wait=0")).status).to.be.oneOf([202, 422]);
    expect((await ask("too-much-later")).body["values"]).to.deep.equal(first.body["values"]);
  });
});
