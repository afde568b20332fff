import { expect } from "chai";
import type { Answer } from "../../support/client.ts";
import { listened } from "../../support/event-stream.ts";
import { orderBody } from "../../support/trade-acts.ts";
import { made, refusal } from "../../support/trade.ts";
import { stageTrade, type TradeStage } from "../../support/trade-stage.ts";

interface Page {
  readonly items: readonly object[];
}

const strangers = ["otherBuyer", "otherCooperative", "otherWarehouse", "otherLender"] as const;

describe("What is another's", function () {
  this.timeout(120_000);
  let stage: TradeStage;

  before(async () => {
    stage = await stageTrade();
  });

  after(() => stage.trade.close());

  it("is in no list, whatever it is asked by", async () => {
    const { trade, order, facility } = stage;
    const { buyer, cooperative, warehouse, lender, arbiter } = trade;
    const lists = [
      ...[buyer, cooperative, arbiter].map(({ id }) => `orders?party=${id}`),
      `orders?buyer=${buyer.id}`,
      `orders?seller=${cooperative.id}`,
      "orders?number=PO-STAGE",
      "orders?numberPrefix=PO",
      "orders?numberPrefix=%25",
      `receipts?warehouse=${warehouse.id}`,
      `receipts?holder=${cooperative.id}`,
      `receivables?debtor=${buyer.id}`,
      `receivables?holder=${cooperative.id}`,
      `receivables?order=${order}`,
      `loans?lender=${lender.id}`,
      `loans?borrower=${cooperative.id}`,
      `loans?facility=${facility}`,
      `facilities?lender=${lender.id}`,
      `facilities?borrower=${cooperative.id}`,
      `facilities?buyer=${buyer.id}`,
      ...["orders", "receipts", "receivables", "loans", "facilities"],
    ];
    for (const list of lists) {
      const own = made(await trade.operator.get<Page>(`/api/v1/${list}`));
      if (!list.includes("%25")) expect(own.items, list).not.to.be.empty;
      for (const stranger of strangers) {
        const { items } = made(await trade[stranger].get<Page>(`/api/v1/${list}`));
        expect(items, `${stranger}: ${list}`).to.deep.equal([]);
      }
    }
  });

  it("is in no list that an order is named for, as if there were no such order", async () => {
    const { trade, order } = stage;
    for (const stranger of strangers) {
      const [other, none] = await Promise.all(
        [order, `0x${"7".repeat(64)}`].map((id) =>
          trade[stranger].get(`/api/v1/receipts?order=${id}`),
        ),
      );
      expect([other!.status, other!.body]).to.deep.equal([none!.status, none!.body]);
      expect(refusal(other!)).to.equal("404 NotFound");
    }
  });

  it("is in no file", async () => {
    const { trade, order } = stage;
    const asCsv = (
      by: (typeof strangers)[number] | "lender",
      path: string,
    ): Promise<Answer<string>> =>
      trade[by].send<string>("GET", `/api/v1/${path}`, undefined, { accept: "text/csv" });
    for (const list of ["receivables", "loans"]) {
      expect((await asCsv("lender", list)).body.split("\r\n")).to.have.length(3);
      for (const stranger of strangers) {
        const { headers, body } = await asCsv(stranger, list);
        expect(headers.get("content-type")).to.match(/^text\/csv/);
        expect(body.split("\r\n"), stranger).to.have.length(2);
      }
    }
    for (const stranger of strangers) {
      const { status } = await asCsv(stranger, `loans/${order}/statement`);
      expect(status, stranger).to.equal(404);
    }
  });

  it("is told in no stream", async () => {
    const { trade, order, receipt, receivable } = stage;
    const { events } = await listened(trade, trade.cooperative.id);
    const names = (told: typeof events): string => JSON.stringify(told);
    for (const id of [order, receipt, receivable]) expect(names(events)).to.include(id);
    for (const stranger of strangers) {
      const { events: told } = await listened(trade, trade[stranger].id);
      expect(told, stranger).not.to.be.empty;
      for (const id of [order, receipt, receivable])
        expect(names(told), stranger).not.to.include(id);
    }
  });

  it("is not known by the key of its request", async () => {
    const { trade } = stage;
    const key = { "idempotency-key": "issued" };
    const again = await trade.buyer.post("/api/v1/orders", orderBody(trade), key);
    expect(refusal(again)).to.equal("422 IdempotencyKeyReused");
    const { status, headers, body } = await trade.otherBuyer.post(
      "/api/v1/orders",
      orderBody(trade),
      key,
    );
    expect([status, body["buyer"]]).to.deep.equal([201, trade.otherBuyer.id]);
    expect(headers.get("idempotency-replayed")).to.equal(null);
  });
});
