import { expect } from "chai";
import { acceptedOrder } from "../../support/trade-acts.ts";
import { startTrade, type Trade } from "../../support/trade.ts";

describe("Goods under a lien", function () {
  this.timeout(60_000);
  let trade: Trade;

  before(async () => {
    trade = await startTrade();
  });

  after(() => trade.close());

  it("leave the order with the lender's consent, which its lender alone can give", async () => {
    const { buyer, cooperative, lender, operator, warehouse } = trade;
    await operator.post("/api/v1/sandbox/money", { party: lender.id, amount: "10000.00" });
    const order = await acceptedOrder(trade);
    expect((await lender.get(`/api/v1/orders/${order}`)).status).to.equal(404);
    const facility = await lender.post("/api/v1/facilities", {
      number: "F-1",
      borrower: cooperative.id,
      buyer: buyer.id,
      limit: "10000.00",
      orderAdvanceBps: 0,
      storedAdvanceBps: 8000,
      acceptedAdvanceBps: 9000,
      rateBps: 600,
      penaltyRateBps: 900,
      dayBasis: 360,
      tenorDays: 90,
      graceDays: 5,
      sweepBps: 0,
      expires: "2026-12-31",
    });
    expect(facility.status).to.equal(201);
    const receipt = await warehouse.post("/api/v1/receipts", {
      ticket: "WT-1",
      depositor: cooperative.id,
      itemCode: "RICE-5",
      unit: "KGM",
      lot: "A",
      quantity: "1000",
      lossAllowanceBps: 0,
    });
    const path = `/api/v1/receipts/${String(receipt.body["id"])}`;
    await cooperative.post(`${path}/earmark`, { order });
    const drawn = await cooperative.post(
      `/api/v1/facilities/${String(facility.body["id"])}/drawdowns`,
      { order, amount: "6240.00", revision: 0 },
    );
    expect(drawn.status).to.be.lessThan(300);
    for (const [what, body] of [
      ["unearmark", undefined],
      ["withdrawal", { quantity: "1" }],
    ] as const) {
      const held = await cooperative.post(`${path}/${what}`, body);
      expect([held.status, held.body["code"]]).to.deep.equal([422, "Encumbered"]);
    }
    expect((await lender.get(path)).status).to.equal(200);
    expect((await lender.get(`/api/v1/receipts?order=${order}`)).body["items"]).to.have.length(1);
    const consent = await lender.post(`${path}/release-consent`);
    expect([consent.status, consent.body["releaseConsent"]]).to.deep.equal([
      200,
      facility.body["id"],
    ]);
    const free = await cooperative.post(`${path}/unearmark`);
    expect(free.body).to.include({ order: null, releaseConsent: null });
    expect((await lender.get(path)).status).to.equal(404);
  });
});
