import { expect } from "chai";
import { delivered, drawDown, openFacility, storyOrder } from "../../support/trade-acts.ts";
import { made, refusal, startTrade, type Trade } from "../../support/trade.ts";

const nowhere = `0x${"7".repeat(64)}`;

describe("Liens over HTTP", function () {
  this.timeout(120_000);
  let trade: Trade;
  let facility: string;
  let order: string;

  before(async () => {
    trade = await startTrade();
    await trade.at("2026-09-01T09:00:00");
    facility = await openFacility(trade);
    order = await storyOrder(trade, "PO-7", { line: 3 });
    await trade.at("2026-09-02T10:00:00");
    made(await drawDown(trade, facility, order, "100.00"));
  });

  after(() => trade.close());

  it("tell anyone since when and by whom an order is encumbered, at which block", async () => {
    const block = await trade.chain.provider.getBlock("latest");
    expect(made(await trade.anyone.get(`/api/v1/liens/${order}`))).to.deep.equal({
      claim: order,
      root: order,
      encumbered: true,
      since: "2026-09-02T10:00:00+08:00",
      by: trade.lender.id,
      byName: "Rural bank",
      facility,
      block: block?.number,
      blockHash: block?.hash,
    });
  });

  it("are found by the buyer's document", async () => {
    const ask = async (number: string, line: string) =>
      trade.anyone.get(`/api/v1/liens?buyer=${trade.buyer.id}&number=${number}&line=${line}`);
    expect(made(await ask("%20po-7", "3"))).to.include({ claim: order, encumbered: true });
    expect(made(await ask("PO-7", "4"))).to.include({ root: null, encumbered: false });
    expect(refusal(await ask("PO-7", "4294967296"))).to.equal("400 BadInput");
    expect(refusal(await ask("PO-7", "one"))).to.equal("400 BadInput");
    expect(refusal(await trade.anyone.get("/api/v1/liens"))).to.equal("400 BadInput");
  });

  it("follow the claim through its forms", async () => {
    const receivable = await delivered(trade, order, 1, "100.000");
    const issue = {
      ticket: "WT-1",
      depositor: trade.cooperative.id,
      itemCode: "RICE",
      unit: "KGM",
      lot: "L1",
      quantity: "50.000",
      lossAllowanceBps: 0,
    };
    const receipt = String(made(await trade.warehouse.post("/api/v1/receipts", issue))["id"]);
    const of = async (claim: string) => made(await trade.anyone.get(`/api/v1/liens/${claim}`));
    expect(await of(receivable)).to.include({ root: order, encumbered: true });
    expect(await of(receipt)).to.include({ root: null, encumbered: false });
    made(await trade.cooperative.post(`/api/v1/receipts/${receipt}/earmark`, { order }));
    expect(await of(receipt)).to.include({ root: order, encumbered: true, facility });
    made(
      await trade.cooperative.post(`/api/v1/loans/${order}/repayments`, {
        amount: "100.00",
        revision: 1,
      }),
    );
    for (const claim of [order, receivable, receipt]) {
      expect(await of(claim)).to.include({ root: order, encumbered: false, since: null, by: null });
    }
  });

  it("are on nothing that is no claim", async () => {
    const lien = made(await trade.anyone.get(`/api/v1/liens/${nowhere}`));
    expect(lien).to.include({ claim: nowhere, root: null, encumbered: false });
    expect(refusal(await trade.anyone.get("/api/v1/liens/PO-7"))).to.equal("400 BadInput");
  });
});
