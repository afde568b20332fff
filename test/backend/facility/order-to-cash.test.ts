import { expect } from "chai";
import { drawDown, openFacility, storyOrder } from "../../support/trade-acts.ts";
import { made, startTrade, type Trade } from "../../support/trade.ts";

interface Line {
  readonly date: string;
  readonly interestDue: string;
  readonly closingPrincipal: string;
}

/** The order-to-cash story, over HTTP; each test takes up where the one before left off. */
describe("From order to cash, over HTTP", function () {
  this.timeout(120_000);
  let trade: Trade;
  let facility: string;
  let order: string;
  const ticket: Record<string, string> = {};

  const loan = async () => made(await trade.cooperative.get(`/api/v1/loans/${order}`));
  const quote = async () => {
    const path = `/api/v1/facilities/${facility}/quote?order=${order}`;
    const { roots } = made(await trade.cooperative.get<{ roots: object[] }>(path));
    return roots[0]!;
  };
  const store = async (name: string, quantity: string, more: object = {}) => {
    const { id } = made(
      await trade.warehouse.post("/api/v1/receipts", {
        ticket: name,
        depositor: trade.cooperative.id,
        itemCode: "RICE",
        unit: "KGM",
        lot: "L1",
        quantity,
        lossAllowanceBps: 0,
        ...more,
      }),
    );
    ticket[name] = String(id);
  };
  const deliver = async (number: number, quantity: string, accepted: string, receipt?: string) => {
    const { now } = made(await trade.anyone.get("/api/v1/sandbox/calendar"));
    const arrivesBy = new Date(Date.parse(String(now)) + 60_000).toISOString();
    const despatch = { number, quantity, arrivesBy, ...(receipt && { receipt }) };
    made(await trade.cooperative.post(`/api/v1/orders/${order}/deliveries`, despatch));
    const path = `/api/v1/orders/${order}/deliveries/${number}/acceptance`;
    return String(made(await trade.buyer.post(path, { quantity: accepted }))["receivable"]);
  };

  before(async () => {
    trade = await startTrade();
    await trade.at("2026-09-01T09:00:00");
    facility = await openFacility(trade);
    order = await storyOrder(trade, "PO-1");
  });

  after(() => trade.close());

  it("quotes what the order bears before anything is drawn", async () => {
    expect(await quote()).to.deep.include({
      order,
      number: "PO-1",
      borrowingBase: "78000.00",
      stages: { order: "78000.00", stored: "0.00", accepted: "0.00" },
      principal: "0.00",
      available: "78000.00",
      refusal: null,
      revision: 0,
    });
    expect(await loan()).to.include({ status: "None", facility: null, revision: 0, due: "0.00" });
  });

  it("advances on the order, straight to the borrower, and puts the lien on it", async () => {
    await trade.at("2026-09-02T10:00:00");
    const { status, body } = await drawDown(trade, facility, order, "78000.00");
    expect(status).to.equal(201);
    expect(body).to.include({
      root: order,
      facility,
      status: "Active",
      principal: "78000.00",
      interestDue: "0.00",
      maturityDate: "2026-12-01",
      since: "2026-09-02",
      revision: 1,
      available: "0.00",
    });
    expect(await trade.cash("cooperative")).to.equal("78000.00");
    const lien = made(await trade.anyone.get(`/api/v1/liens/${order}`));
    expect(lien).to.include({ encumbered: true, by: trade.lender.id, facility, root: order });
  });

  it("tops up when the goods are in store", async () => {
    await trade.at("2026-09-20T10:00:00");
    await store("R1", "12000.000");
    made(await trade.cooperative.post(`/api/v1/receipts/${ticket["R1"]!}/earmark`, { order }));
    expect(await quote()).to.include({
      borrowingBase: "85800.00",
      interestDue: "176.28",
      available: "7800.00",
    });
    made(await drawDown(trade, facility, order, "7800.00"));
    expect(await loan()).to.include({ principal: "85800.00", interestDue: "176.28" });
  });

  it("turns accepted deliveries into receivables", async () => {
    await trade.at("2026-10-05T10:00:00");
    const first = await deliver(1, "12000.000", "11800.000", ticket["R1"]);
    await trade.at("2026-10-07T10:00:00");
    await store("R2", "200.000", { order, delivery: 1 });
    await trade.at("2026-10-20T10:00:00");
    await deliver(2, "200.000", "200.000", ticket["R2"]);
    await deliver(3, "8000.000", "8000.000");
    expect(made(await trade.lender.get(`/api/v1/receivables/${first}`))).to.include({
      order,
      number: "PO-1",
      delivery: 1,
      debtorName: "Core platform",
      currency: "CNY",
      amount: "76700.00",
      outstanding: "76700.00",
      uncontested: "76700.00",
      acceptedOn: "2026-10-05",
      dueDate: "2026-11-04",
      daysPastDue: 0,
      status: "Confirmed",
    });
    expect(await quote()).to.include({ borrowingBase: "110500.00", available: "24700.00" });
  });

  it("collects by mandate, the loan first", async () => {
    const claim = made(
      await trade.buyer.get<{ receivables: { id: string }[] }>(`/api/v1/orders/${order}`),
    );
    const [first, second, third] = claim.receivables.map(({ id }) => id);
    const collect = async (id: string) =>
      trade.otherBuyer.post(`/api/v1/receivables/${id}/collection`);

    await trade.at("2026-11-03T10:00:00");
    const early = await collect(first!);
    expect([early.status, early.body["code"]]).to.deep.equal([422, "NotDue"]);
    expect(early.body["values"]).to.deep.equal({ dueDay: "2026-11-04", today: "2026-11-03" });

    await trade.at("2026-11-04T10:00:00");
    const paid = made(await collect(first!));
    expect(paid).to.include({ status: "Settled", outstanding: "0.00" });
    expect((paid["payments"] as object[])[0]).to.include({
      amount: "76700.00",
      toLender: "76700.00",
      toHolder: "0.00",
      collected: true,
      by: trade.otherBuyer.id,
    });
    expect(await loan()).to.include({ principal: "9761.05", interestDue: "0.00" });

    await trade.at("2026-11-19T10:00:00");
    made(await collect(second!));
    made(await collect(third!));
    expect(await loan()).to.include({
      status: "Repaid",
      facility,
      principal: "0.00",
      due: "0.00",
      maturityDate: "2026-12-01",
      revision: 5,
    });
    expect(await trade.cash("buyer")).to.equal("70000.00");
    expect(await trade.cash("cooperative")).to.equal("129320.57");
    expect(await trade.cash("lender")).to.equal("500679.43");
    const lien = made(await trade.anyone.get(`/api/v1/liens/${order}`));
    expect(lien).to.include({ encumbered: false, by: null, root: order });
  });

  it("states the loan day by day", async () => {
    const path = `/api/v1/loans/${order}/statement`;
    const statement = made(await trade.lender.get<{ lines: Line[]; totals: object }>(path));
    expect(statement.lines).to.have.length(79);
    const on = (date: string) => statement.lines.find((line) => line.date === date)!;
    expect(on("2026-09-20").interestDue).to.equal("176.28");
    expect(on("2026-11-03").interestDue).to.equal("650.28");
    expect(on("2026-11-04")).to.include({
      openingPrincipal: "85800.00",
      repaid: "76038.95",
      interestPaid: "661.05",
      closingPrincipal: "9761.05",
      interestDue: "0.00",
    });
    expect(statement.totals).to.deep.equal({
      drawn: "85800.00",
      repaid: "85800.00",
      interest: "679.43",
      interestPaid: "679.43",
    });
  });

  it("tells the whole lineage, with who did what when", async () => {
    const path = `/api/v1/provenance/claims/${ticket["R2"]!}`;
    interface Told {
      readonly kind: string;
      readonly by: { readonly name: string } | null;
      readonly amount?: string;
      readonly quantity?: string;
      readonly at: string;
    }
    const { root, events } = made(await trade.lender.get<{ root: string; events: Told[] }>(path));
    expect(root).to.equal(order);
    const told = events.map(({ kind, by, amount, quantity }) =>
      [kind, by?.name, amount ?? quantity].filter((part) => part !== undefined).join(" "),
    );
    expect(told).to.deep.equal([
      "OrderIssued Core platform 20000.000",
      "OrderAccepted Green Valley",
      "DrawnDown Green Valley 78000.00",
      "LienPlaced Rural bank",
      "ReceiptIssued Dry store 12000.000",
      "Earmarked Green Valley",
      "DrawnDown Green Valley 7800.00",
      "Despatched Green Valley 12000.000",
      "DeliveryAccepted Core platform 76700.00",
      "ReceivableConfirmed Core platform 76700.00",
      "DeliveryReturned Dry store 200.000",
      "ReceiptIssued Dry store 200.000",
      "Despatched Green Valley 200.000",
      "DeliveryAccepted Core platform 1300.00",
      "ReceivableConfirmed Core platform 1300.00",
      "Despatched Green Valley 8000.000",
      "DeliveryAccepted Core platform 52000.00",
      "ReceivableConfirmed Core platform 52000.00",
      "LoanSettled Other platform 76700.00",
      "ReceivablePaid Other platform 76700.00",
      "LoanSettled Other platform 1300.00",
      "ReceivablePaid Other platform 1300.00",
      "LienReleased Other platform",
      "LoanSettled Other platform 8479.43",
      "ReceivablePaid Other platform 52000.00",
    ]);
    expect(events[2]!.at).to.equal("2026-09-02T10:00:00+08:00");
  });
});
