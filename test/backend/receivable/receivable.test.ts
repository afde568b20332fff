import { expect } from "chai";
import { delivered, drawDown, openFacility, storyOrder } from "../../support/trade-acts.ts";
import { made, refusal, startTrade, type Trade } from "../../support/trade.ts";

const nowhere = `0x${"7".repeat(64)}`;

describe("Receivables over HTTP", function () {
  this.timeout(120_000);
  let trade: Trade;
  let order: string;
  let id: string;

  before(async () => {
    trade = await startTrade();
    await trade.at("2026-09-01T09:00:00");
    order = await storyOrder(trade, "=PO,1");
    await trade.at("2026-09-05T10:00:00");
    id = await delivered(trade, order, 1, "10000.000");
  });

  after(() => trade.close());

  const pay = (amount: string, outstanding: string, by = trade.buyer) =>
    by.post(`/api/v1/receivables/${id}/payment`, { amount, outstanding });

  it("are seen by both sides and the arbiter, and by nobody else", async () => {
    for (const side of [trade.buyer, trade.cooperative, trade.arbiter, trade.operator]) {
      expect((await side.get(`/api/v1/receivables/${id}`)).body["amount"]).to.equal("65000.00");
      const { items } = made(await side.get<{ items: object[] }>("/api/v1/receivables"));
      expect(items).to.have.length(1);
    }
    for (const other of [trade.otherBuyer, trade.lender, trade.warehouse]) {
      expect(refusal(await other.get(`/api/v1/receivables/${id}`))).to.equal("404 NoReceivable");
      const { items } = made(await other.get<{ items: object[] }>("/api/v1/receivables"));
      expect(items).to.deep.equal([]);
    }
    expect(refusal(await trade.buyer.get(`/api/v1/receivables/${nowhere}`))).to.equal(
      "404 NoReceivable",
    );
    expect(refusal(await trade.buyer.get("/api/v1/receivables/17"))).to.equal("400 BadInput");
  });

  it("are seen by a lender once it has a facility for the pair", async () => {
    await openFacility(trade);
    expect((await trade.lender.get(`/api/v1/receivables/${id}`)).status).to.equal(200);
    const { items } = made(await trade.lender.get<{ items: object[] }>("/api/v1/receivables"));
    expect(items).to.have.length(1);
  });

  it("are paid by the debtor, on the amount that it saw", async () => {
    expect(refusal(await pay("1.00", "65000.00", trade.cooperative))).to.equal("403 WrongRole");
    expect(refusal(await pay("1.00", "65000.00", trade.otherBuyer))).to.equal("404 NoReceivable");
    expect(refusal(await pay("65000.01", "65000.00"))).to.equal("422 Overpayment");
    const paid = made(await pay("5000.00", "65000.00"));
    expect(paid).to.include({ status: "PartiallyPaid", outstanding: "60000.00" });
    const again = await pay("5000.00", "65000.00");
    expect([refusal(again), again.body["values"]]).to.deep.equal([
      "409 StaleState",
      { expected: "65000.00", actual: "60000.00" },
    ]);
    expect(await trade.cash("buyer")).to.equal("195000.00");
  });

  it("name every fault of a payment", async () => {
    const { status, body } = await trade.buyer.post<{ errors: { pointer: string }[] }>(
      `/api/v1/receivables/${id}/payment`,
      { amount: "1e3", extra: true },
    );
    expect(status).to.equal(400);
    expect(body.errors.map(({ pointer }) => pointer)).to.have.members([
      "/amount",
      "/outstanding",
      "/extra",
    ]);
  });

  it("are contested once by the debtor, in time", async () => {
    const contest = (amount: string, by = trade.buyer) =>
      by.post(`/api/v1/receivables/${id}/contest`, { amount });
    const large = await contest("60000.01");
    expect([refusal(large), large.body["values"]]).to.deep.equal([
      "422 ContestTooLarge",
      { asked: "60000.01", limit: "60000.00" },
    ]);
    const held = made(await contest("8000.00"));
    expect(held).to.include({
      status: "Disputed",
      contested: "8000.00",
      uncontested: "52000.00",
      outstanding: "60000.00",
    });
    expect(refusal(await contest("1.00"))).to.equal("422 AlreadyContested");
    expect(refusal(await pay("52000.01", "60000.00"))).to.equal("422 Overpayment");
  });

  it("are ruled on by the order's arbiter", async () => {
    const rule = (upheld: string, by = trade.arbiter) =>
      by.post(`/api/v1/receivables/${id}/ruling`, { upheld });
    expect(refusal(await rule("1.00", trade.buyer))).to.equal("403 WrongRole");
    expect(refusal(await rule("8000.01"))).to.equal("422 ContestTooLarge");
    const ruled = made(await rule("3000.00"));
    expect(ruled).to.include({
      status: "PartiallyPaid",
      outstanding: "57000.00",
      contested: "0.00",
    });
    expect(refusal(await rule("1.00"))).to.equal("422 NotContested");
  });

  it("count the days past due at the time that is asked for", async () => {
    const path = `/api/v1/receivables/${id}?asOf=`;
    const on = async (time: string) => (await trade.buyer.get(path + time)).body["daysPastDue"];
    expect(await on("2026-10-05T23:59:59%2B08:00")).to.equal(0);
    expect(await on("2026-10-06T00:00:00%2B08:00")).to.equal(1);
  });

  it("left short by a collection are overdue, and the root draws nothing", async () => {
    const facility = made(await trade.lender.get<{ items: { id: string }[] }>("/api/v1/facilities"))
      .items[0]!.id;
    await trade.at("2026-10-04T10:00:00");
    await delivered(trade, order, 2, "1000.000");
    await trade.at("2026-10-05T10:00:00");
    // Another order's payment takes what the debtor has.
    const rich = await storyOrder(trade, "PO-2", {
      quantity: "24000.000",
      unitPrice: "6.0000",
      paymentDays: 0,
    });
    await delivered(trade, rich, 1, "24000.000");
    expect(await trade.cash("buyer")).to.equal("51000.00");
    const short = made(await trade.cooperative.post(`/api/v1/receivables/${id}/collection`));
    expect(short).to.include({ status: "Overdue", overdue: true, outstanding: "6000.00" });
    expect(refusal(await drawDown(trade, facility, order, "1.00"))).to.equal("422 DebtorOverdue");
    expect(refusal(await trade.lender.post(`/api/v1/receivables/${id}/collection`))).to.equal(
      "422 NothingToCollect",
    );
    const unpaid = await pay("1.00", "6000.00");
    expect(refusal(unpaid)).to.equal("422 PayerFundsUnavailable");
    expect(unpaid.body["values"]).to.deep.equal({ payer: trade.buyer.id, amount: "1.00" });
  });

  it("list by status and due day, page by page", async () => {
    const list = async (query: string) =>
      made(
        await trade.buyer.get<{ items: { id: string; status: string }[]; next: string | null }>(
          `/api/v1/receivables?${query}`,
        ),
      );
    const overdue = await list("status=Overdue");
    expect(overdue.items.map((item) => item.id)).to.deep.equal([id]);
    for (const [status, count] of Object.entries({ Confirmed: 1, Settled: 1, Disputed: 0 })) {
      expect((await list(`status=${status}`)).items, status).to.have.length(count);
    }
    expect((await list("dueFrom=2026-10-06")).items).to.have.length(1);
    const first = await list("limit=2");
    const rest = await list(`limit=2&after=${first.next ?? ""}`);
    expect([...first.items, ...rest.items].map((item) => item.status)).to.deep.equal([
      "Overdue",
      "Settled",
      "Confirmed",
    ]);
    expect(rest.next).to.equal(null);
    expect(refusal(await trade.buyer.get("/api/v1/receivables?status=Lost"))).to.equal(
      "400 BadInput",
    );
  });

  it("come as CSV, in which no cell is a formula", async () => {
    const { body, headers } = await trade.buyer.send<string>(
      "GET",
      "/api/v1/receivables?status=Overdue",
      undefined,
      { accept: "text/csv, application/json;q=0.5" },
    );
    expect(headers.get("content-type")).to.equal("text/csv; charset=utf-8");
    const [head, row, end] = body.split("\r\n");
    expect(head).to.equal(
      "id,number,line,delivery,debtor,debtorName,holder,holderName,currency,amount,outstanding,contested,acceptedOn,dueDate,overdue,daysPastDue,status",
    );
    expect(row).to.equal(
      `${id},"'=PO,1",1,1,${trade.buyer.id},Core platform,${trade.cooperative.id},Green Valley,` +
        "CNY,65000.00,6000.00,0.00,2026-09-05,2026-10-05,true,0,Overdue",
    );
    expect(end).to.equal("");
  });
});
