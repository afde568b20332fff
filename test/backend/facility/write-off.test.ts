import { expect } from "chai";
import { drawDown, openFacility, storyOrder } from "../../support/trade-acts.ts";
import { made, refusal, startTrade, type Partner, type Trade } from "../../support/trade.ts";

describe("Writing a loan off over HTTP", function () {
  this.timeout(60_000);
  let trade: Trade;
  let order: string;

  before(async () => {
    trade = await startTrade();
    await trade.at("2026-09-01T09:00:00");
    const facility = await openFacility(trade, { tenorDays: 30, graceDays: 5 });
    order = await storyOrder(trade, "PO-1");
    made(await drawDown(trade, facility, order, "1000.00"));
  });

  after(() => trade.close());

  const writeOff = (by: Partner, root = order) => by.post(`/api/v1/loans/${root}/write-off`);
  const loan = async (): Promise<Record<string, unknown>> =>
    made(await trade.cooperative.get(`/api/v1/loans/${order}`));

  it("is refused before default, where there is no loan, and to anyone but the lender", async () => {
    const refused = await writeOff(trade.lender);
    expect(refusal(refused)).to.equal("422 NotInDefault");
    expect(refused.body["values"]).to.deep.equal({ from: "2026-10-07", today: "2026-09-01" });
    const bare = await storyOrder(trade, "PO-2");
    expect(refusal(await writeOff(trade.lender, bare))).to.equal("422 NoLoan");
    expect(refusal(await writeOff(trade.cooperative))).to.equal("403 WrongRole");
    expect(refusal(await writeOff(trade.otherLender))).to.equal("404 NotFound");
  });

  it("flags the loan in the lender's books, and forgives nothing", async () => {
    await trade.at("2026-10-07T09:00:00");
    made(await trade.lender.post(`/api/v1/loans/${order}/default`));
    const before = await loan();
    expect(before).to.include({ status: "Defaulted", writtenOffOn: null });
    const written = made(await writeOff(trade.lender));
    expect(written).to.include({
      status: "Defaulted",
      principal: "1000.00",
      due: before["due"],
      writtenOffOn: "2026-10-07",
      revision: before["revision"],
    });
    expect(refusal(await writeOff(trade.lender))).to.equal("422 AlreadyWrittenOff");
    const { encumbered } = made(await trade.anyone.get(`/api/v1/liens/${order}`));
    expect(encumbered).to.equal(true);
  });

  it("is told in the lineage of the order to its sides, and to no other lender", async () => {
    const told = made(
      await trade.buyer.get<{ events: Record<string, unknown>[] }>(
        `/api/v1/provenance/claims/${order}`,
      ),
    );
    expect(told.events.at(-1)).to.deep.include({
      kind: "LoanWrittenOff",
      title: "Loan written off",
      by: { id: trade.lender.id, name: "Rural bank" },
    });
    const arbiter = made(
      await trade.arbiter.get<{ events: Record<string, unknown>[] }>(
        `/api/v1/provenance/claims/${order}`,
      ),
    );
    expect(arbiter.events.map(({ kind }) => kind)).not.to.include("LoanWrittenOff");
  });

  it("leaves the loan to be repaid, and the next one on the order starts without the flag", async () => {
    made(
      await trade.operator.post("/api/v1/sandbox/money", {
        party: trade.cooperative.id,
        amount: "100.00",
      }),
    );
    const repay = async (amount: string) => {
      const { revision } = await loan();
      return trade.cooperative.post(`/api/v1/loans/${order}/repayments`, { amount, revision });
    };
    made(await repay("500.00"));
    expect(await loan()).to.include({ status: "Defaulted", writtenOffOn: "2026-10-07" });
    made(await repay("1000.00"));
    expect(await loan()).to.include({ status: "Repaid", writtenOffOn: "2026-10-07" });
    const facility = await openFacility(trade, { number: "F-2" });
    made(await drawDown(trade, facility, order, "10.00"));
    expect(await loan()).to.include({ status: "Active", writtenOffOn: null });
  });
});
