import { expect } from "chai";
import { facilityTerms } from "../../support/trade-acts.ts";
import { made, startTrade, type Trade } from "../../support/trade.ts";

describe("Opening a facility", function () {
  this.timeout(120_000);
  let trade: Trade;

  before(async () => {
    trade = await startTrade();
    await trade.at("2026-09-01T09:00:00");
  });

  after(() => trade.close());

  it("is done once for each number: the same again is answered, other terms are shown with it", async () => {
    const terms = facilityTerms(trade, { number: "F-TWICE" });
    const first = made(await trade.lender.post("/api/v1/facilities", terms));
    made(
      await trade.lender.post(`/api/v1/facilities/${String(first["id"])}/limit`, {
        limit: "1.00",
      }),
    );
    const again = await trade.lender.post("/api/v1/facilities", { ...terms, number: " f-twice" });
    expect([again.status, again.body["id"]]).to.deep.equal([200, first["id"]]);
    expect(again.body["limit"]).to.equal("1.00");
    const payee = { ...terms, payee: trade.lender.id };
    expect((await trade.lender.post("/api/v1/facilities", payee)).status).to.equal(200);

    const other = await trade.lender.post<{ values: Record<string, Record<string, unknown>> }>(
      "/api/v1/facilities",
      { ...terms, rateBps: 481 },
    );
    expect(other.status).to.equal(409);
    expect(other.body.values["existing"]).to.include({ id: first["id"] });
    expect(other.body.values["asked"]).to.include({ rateBps: 481 });
  });

  it("has one effect when it is asked for many times at once", async () => {
    const terms = facilityTerms(trade, { number: "F-MANY" });
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => trade.lender.post("/api/v1/facilities", terms)),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).to.deep.equal([200, 200, 200, 200, 200, 200, 200, 201]);
  });
});
