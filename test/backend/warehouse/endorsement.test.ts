import { expect } from "chai";
import { Wallet } from "ethers";
import { acceptedOrder } from "../../support/trade-acts.ts";
import { made, refusal, startTrade, type Partner, type Trade } from "../../support/trade.ts";

describe("Endorsing a receipt over HTTP", function () {
  this.timeout(60_000);
  let trade: Trade;
  let tickets = 0;

  before(async () => {
    trade = await startTrade();
    await trade.at("2026-09-01T09:00:00");
  });

  after(() => trade.close());

  const weighed = async (): Promise<string> => {
    tickets += 1;
    const ticket = {
      ticket: `WT-${tickets}`,
      depositor: trade.cooperative.id,
      itemCode: "RICE-5",
      unit: "KGM",
      lot: "L1",
      quantity: "500.000",
      lossAllowanceBps: 0,
    };
    return String(made(await trade.warehouse.post("/api/v1/receipts", ticket))["id"]);
  };
  const endorse = (by: Partner, receipt: string, to: string) =>
    by.post(`/api/v1/receipts/${receipt}/endorsement`, { to });

  it("passes it to another party, which alone disposes of it from then on", async () => {
    const receipt = await weighed();
    const { otherCooperative, cooperative } = trade;
    const passed = made(await endorse(cooperative, receipt, otherCooperative.id));
    expect(passed).to.include({
      holder: otherCooperative.id,
      holderName: "Far Hills",
      depositor: cooperative.id,
    });
    const withdrawal = { quantity: "1" };
    const path = `/api/v1/receipts/${receipt}/withdrawal`;
    expect(refusal(await cooperative.post(path, withdrawal))).to.equal("403 NotPermitted");
    expect((await otherCooperative.post(path, withdrawal)).status).to.equal(200);
  });

  it("is told in the lineage of the goods, by whom and to whom", async () => {
    const receipt = await weighed();
    made(await endorse(trade.cooperative, receipt, trade.otherCooperative.id));
    const { events } = made(
      await trade.otherCooperative.get<{ events: Record<string, unknown>[] }>(
        `/api/v1/provenance/claims/${receipt}`,
      ),
    );
    expect(events.map(({ kind }) => kind)).to.deep.equal(["ReceiptIssued", "Endorsed"]);
    expect(events[1]).to.deep.include({
      title: "Receipt endorsed",
      by: { id: trade.cooperative.id, name: "Green Valley" },
    });
    expect(events[1]!["details"]).to.include({ to: trade.otherCooperative.id });
  });

  it("is refused by the rules of the trade, by name", async () => {
    const { cooperative, otherCooperative, otherBuyer } = trade;
    const receipt = await weighed();
    const stranger = Wallet.createRandom().address;
    expect(refusal(await endorse(cooperative, receipt, stranger))).to.equal("422 UnknownEndorsee");
    expect(refusal(await endorse(cooperative, receipt, cooperative.id))).to.equal(
      "422 UnknownEndorsee",
    );
    expect(refusal(await endorse(trade.warehouse, receipt, otherCooperative.id))).to.equal(
      "403 NotPermitted",
    );
    expect(refusal(await endorse(otherBuyer, receipt, otherBuyer.id))).to.equal("404 NotFound");
    expect(refusal(await endorse(cooperative, receipt, "nobody"))).to.equal("400 BadInput");
    const order = await acceptedOrder(trade);
    made(await cooperative.post(`/api/v1/receipts/${receipt}/earmark`, { order }));
    expect(refusal(await endorse(cooperative, receipt, otherCooperative.id))).to.equal(
      "422 AlreadyEarmarked",
    );
  });

  it("lets the new holder earmark the goods for its own order, as who weighed them in could", async () => {
    const receipt = await weighed();
    const { otherCooperative } = trade;
    made(await endorse(trade.cooperative, receipt, otherCooperative.id));
    const theirs = await trade.buyer.post("/api/v1/orders", {
      ...{ number: "PO-FAR", line: 1, seller: otherCooperative.id, arbiter: trade.arbiter.id },
      ...{ itemCode: "RICE-5", unit: "KGM", quantity: "1000", unitPrice: "7.80" },
      ...{ deliverBy: "2026-12-01", paymentDays: 30, inspectionDays: 3 },
    });
    const order = String(made(theirs)["id"]);
    made(await otherCooperative.post(`/api/v1/orders/${order}/acceptance`));
    const earmarked = await otherCooperative.post(`/api/v1/receipts/${receipt}/earmark`, { order });
    expect(made(earmarked)).to.include({ order, quantity: "500.000" });
  });
});
