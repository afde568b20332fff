import { expect } from "chai";
import { acceptedOrder } from "../../support/trade-acts.ts";
import { startTrade, type Trade } from "../../support/trade.ts";

describe("Orders as time passes", function () {
  this.timeout(60_000);
  let trade: Trade;

  before(async () => {
    trade = await startTrade();
  });

  after(() => trade.close());

  const moveTo = async (to: string): Promise<void> => {
    const { status } = await trade.operator.post("/api/v1/sandbox/calendar", { to });
    expect(status).to.equal(200);
  };

  it("are deemed accepted by silence, and what is never delivered lapses", async () => {
    const order = await acceptedOrder(trade, { deliverBy: "2026-09-10" });
    const path = `/api/v1/orders/${order}`;
    await trade.cooperative.post(`${path}/deliveries`, {
      number: 1,
      quantity: "400",
      arrivesBy: "2026-09-05T18:00:00+08:00",
    });
    await moveTo("2026-09-08T17:00:00+08:00");
    const early = await trade.arbiter.post(`${path}/deliveries/1/deemed-acceptance`);
    expect(early.body["code"]).to.equal("InspectionOpen");
    await moveTo("2026-09-08T18:01:00+08:00");
    const deemed = await trade.arbiter.post(`${path}/deliveries/1/deemed-acceptance`);
    expect(deemed.status).to.equal(200);
    expect(deemed.body).to.include({ status: "Accepted", accepted: "400.000", deemed: true });
    await moveTo("2026-10-10T23:00:00+08:00");
    expect((await trade.buyer.post(`${path}/lapse`)).body["code"]).to.equal("NotLapsable");
    await moveTo("2026-10-11T00:01:00+08:00");
    const lapsed = await trade.buyer.post(`${path}/lapse`);
    expect(lapsed.body).to.include({
      status: "Lapsed",
      quantity: "400.000",
      orderedQuantity: "1000.000",
      value: "3120.00",
      owed: "0.00",
    });
    expect(lapsed.body["endedAt"]).to.match(/^2026-10-11T00:0/);
  });
});
