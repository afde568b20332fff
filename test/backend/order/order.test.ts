import { expect } from "chai";
import { orderIdOf, receivableIdOf, termsHashOf } from "../../../backend/src/chain/claim-ids.ts";
import { Chain } from "../../../backend/src/chain/chain.ts";
import { OrderRow } from "../../../backend/src/order/order.entity.ts";
import { numberBytes, termsOnRecord } from "../../../backend/src/order/order-terms.ts";
import { Database } from "../../../backend/src/database/database.ts";
import { acceptedOrder, orderBody } from "../../support/trade-acts.ts";
import { type Partner, type Problem, startTrade, type Trade } from "../../support/trade.ts";

interface Order {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly termsHash: string;
  readonly cancellationBy: string | null;
  readonly acceptedAt: string | null;
}
interface Page {
  readonly items: readonly Order[];
  readonly next: string | null;
}

describe("Orders over HTTP", function () {
  this.timeout(60_000);
  let trade: Trade;

  before(async () => {
    trade = await startTrade();
  });

  after(() => trade.close());

  const issue = (changes: object = {}, by: Partner = trade.buyer) =>
    by.post<Order & Problem>("/api/v1/orders", orderBody(trade, changes));
  const act = (by: Partner, id: string, what: string, body?: object) =>
    by.post<Order & Problem>(`/api/v1/orders/${id}/${what}`, body);
  const numbersOf = async (by: Partner, query: string): Promise<string[]> => {
    const { body } = await by.get<Page>(`/api/v1/orders?${query}`);
    return body.items.map(({ number }) => number);
  };

  it("are issued with their terms, their value and their names", async () => {
    const { status, body } = await issue({ number: " po/17\u00a0a ", line: 4_294_967_295 });
    expect(status).to.equal(201);
    expect(body).to.include({
      number: "PO/17 A",
      line: 4_294_967_295,
      buyer: trade.buyer.id,
      buyerName: "Core platform",
      sellerName: "Green Valley",
      arbiterName: "Chamber",
      currency: "CNY",
      quantity: "1000.000",
      unitPrice: "7.8000",
      value: "7800.00",
      deliverBy: "2026-12-01T23:59:59+08:00",
      status: "Issued",
      acceptedAt: null,
    });
  });

  it("have the ids and the terms' hash that the contracts compute", async () => {
    const { body } = await issue();
    const app = trade.started.backend.app;
    const [chain, database] = [app.get(Chain), app.get(Database)];
    const row = await database.read.findOneByOrFail(OrderRow, { id: body.id });
    const number = numberBytes(row.number);
    expect(orderIdOf(row.buyer, number, row.line)).to.equal(body.id);
    const id = await chain.view("PurchaseOrders", "orderId", [row.buyer, number, row.line]);
    expect(id).to.equal(BigInt(body.id));
    const hash = await chain.view("PurchaseOrders", "termsHashById", [body.id]);
    const terms = await termsOnRecord(database.read, row);
    expect([hash, termsHashOf(row.buyer, terms)]).to.deep.equal([body.termsHash, body.termsHash]);
    const receivable = await chain.view("Receivables", "receivableId", [body.id, 3]);
    expect(receivable).to.equal(BigInt(receivableIdOf(body.id, 3)));
  });

  it("are accepted by the seller, whose word names the terms", async () => {
    const { body } = await issue();
    const stale = await act(trade.cooperative, body.id, "acceptance", {
      termsHash: `0x${"1".repeat(64)}`,
    });
    expect([stale.status, stale.body.code]).to.deep.equal([409, "StaleState"]);
    const accepted = await act(trade.cooperative, body.id, "acceptance");
    expect([accepted.status, accepted.body.status]).to.deep.equal([200, "Accepted"]);
    const again = await act(trade.cooperative, body.id, "acceptance", {});
    expect([again.status, again.body.code]).to.deep.equal([422, "WrongOrder"]);
  });

  it("are the same order when they are issued again with the same terms", async () => {
    const order = orderBody(trade);
    const first = await trade.buyer.post<Order>("/api/v1/orders", order);
    const again = await trade.buyer.post<Order>("/api/v1/orders", {
      ...order,
      number: String(order["number"]).toLowerCase(),
      quantity: "1000.000",
    });
    expect([first.status, again.status]).to.deep.equal([201, 200]);
    expect(again.body).to.deep.equal(first.body);
  });

  it("are not changed by another order of the same number and line: both are shown", async () => {
    const order = orderBody(trade);
    const { body } = await trade.buyer.post<Order>("/api/v1/orders", order);
    const other = { ...order, quantity: "1001" };
    const refused = await trade.buyer.post<Problem>("/api/v1/orders", other);
    expect([refused.status, refused.body.code]).to.deep.equal([409, "AlreadyExists"]);
    expect(refused.body.values).to.deep.equal({ id: body.id, existing: body, asked: other });
  });

  it("are one order however often they are issued at once", async () => {
    const order = orderBody(trade);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => trade.buyer.post<Order>("/api/v1/orders", order)),
    );
    expect(new Set(answers.map(({ body }) => body.id)).size).to.equal(1);
    expect(answers.filter(({ status }) => status === 201)).to.have.length(1);
    expect(answers.filter(({ status }) => status === 200)).to.have.length(9);
  });

  it("may be issued anew, with other terms, when they were cancelled before acceptance", async () => {
    const order = orderBody(trade);
    const { body } = await trade.buyer.post<Order>("/api/v1/orders", order);
    const cancelled = await act(trade.cooperative, body.id, "cancellation");
    expect(cancelled.body.status).to.equal("Cancelled");
    const anew = await trade.buyer.post<Order>("/api/v1/orders", { ...order, quantity: "2000" });
    expect([anew.status, anew.body.id, anew.body.status]).to.deep.equal([201, body.id, "Issued"]);
  });

  it("are cancelled by both sides after acceptance", async () => {
    const id = await acceptedOrder(trade);
    const asked = await act(trade.buyer, id, "cancellation");
    expect([asked.body.status, asked.body.cancellationBy]).to.deep.equal([
      "Accepted",
      trade.buyer.id,
    ]);
    const cancelled = await act(trade.cooperative, id, "cancellation");
    expect(cancelled.body).to.include({
      status: "Cancelled",
      quantity: "0.000",
      orderedQuantity: "1000.000",
      cancellationBy: null,
    });
    const anew = await issue({ number: cancelled.body.number, quantity: "2000" });
    expect(anew.status).to.equal(409);
  });

  it("do not lapse before their time", async () => {
    const id = await acceptedOrder(trade);
    const early = await act(trade.buyer, id, "lapse");
    expect([early.status, early.body.code]).to.deep.equal([422, "NotLapsable"]);
  });

  it("are nothing to other parties", async () => {
    const { body } = await issue();
    for (const [by, what] of [
      [trade.otherCooperative, "acceptance"],
      [trade.otherCooperative, "cancellation"],
      [trade.otherBuyer, "cancellation"],
      [trade.otherBuyer, "lapse"],
    ] as const) {
      const answer = await act(by, body.id, what);
      expect([answer.status, answer.body.code]).to.deep.equal([404, "NotFound"]);
    }
    expect(await numbersOf(trade.otherBuyer, `number=${body.number}`)).to.deep.equal([]);
    expect(await numbersOf(trade.arbiter, `number=${body.number}`)).to.deep.equal([body.number]);
    expect((await act(trade.buyer, `0x${"0".repeat(64)}`, "cancellation")).status).to.equal(404);
  });

  it("are for the role that an act is for", async () => {
    const { body } = await issue();
    for (const answer of [
      await issue({}, trade.cooperative),
      await issue({}, trade.warehouse),
      await act(trade.buyer, body.id, "acceptance"),
      await act(trade.warehouse, body.id, "cancellation"),
      await act(trade.cooperative, body.id, "lapse"),
    ]) {
      expect([answer.status, answer.body.code]).to.deep.equal([403, "WrongRole"]);
    }
  });

  it("are listed by status, number, party and day, in pages", async () => {
    const number = "LIST-1";
    for (const line of [1, 2, 3, 4, 5]) await issue({ number, line });
    const pages: string[][] = [];
    let after = "";
    do {
      const { body } = await trade.buyer.get<Page>(`/api/v1/orders?number=list-1&limit=2${after}`);
      pages.push(body.items.map(({ id }) => id));
      after = body.next === null ? "" : `&after=${body.next}`;
    } while (after !== "");
    expect(pages.map(({ length }) => length)).to.deep.equal([2, 2, 1]);
    expect(new Set(pages.flat()).size).to.equal(5);
    const [first] = pages.flat();
    await act(trade.cooperative, first!, "acceptance");
    const all = `number=${number}&limit=200`;
    expect(await numbersOf(trade.buyer, `${all}&status=Accepted`)).to.have.length(1);
    expect(await numbersOf(trade.buyer, `${all}&status=Issued`)).to.have.length(4);
    expect(await numbersOf(trade.buyer, `${all}&status=Fulfilled`)).to.have.length(0);
    expect(await numbersOf(trade.buyer, `${all}&seller=${trade.cooperative.id}`)).to.have.length(5);
    expect(await numbersOf(trade.buyer, `${all}&buyer=${trade.otherBuyer.id}`)).to.have.length(0);
    expect(await numbersOf(trade.buyer, `${all}&party=${trade.arbiter.id}`)).to.have.length(5);
    expect(await numbersOf(trade.buyer, `${all}&issuedTo=2026-08-30`)).to.have.length(0);
    const today = "issuedFrom=2026-08-31&issuedTo=2026-08-31";
    expect(await numbersOf(trade.buyer, `${all}&${today}`)).to.have.length(5);
  });

  it("are listed newest first, and by what their number begins with", async () => {
    for (const number of ["TOP_1", "TOP_2", "TOPX3"]) await issue({ number });
    const listed = async (query: string): Promise<string[]> => {
      const numbers: string[] = [];
      for (let after: string | null = ""; after !== null;) {
        const cursor: string = after === "" ? "" : `&after=${after}`;
        const { body } = await trade.buyer.get<Page>(`/api/v1/orders?${query}&limit=1${cursor}`);
        numbers.push(...body.items.map(({ number }) => number));
        after = body.next;
      }
      return numbers;
    };
    expect(await listed("numberPrefix=top&sort=newest")).to.deep.equal(["TOPX3", "TOP_2", "TOP_1"]);
    expect(await listed("numberPrefix=top_")).to.deep.equal(["TOP_1", "TOP_2"]);
    const wrong = await trade.buyer.get("/api/v1/orders?sort=best");
    expect(wrong.status).to.equal(400);
  });

  describe("with bad input", () => {
    const faults = async (changes: object): Promise<Record<string, string>> => {
      const { status, body } = await issue(changes);
      expect([status, body.code]).to.deep.equal([400, "BadInput"]);
      return Object.fromEntries(body.errors!.map(({ pointer, detail }) => [pointer, detail]));
    };

    it("are told every fault at once", async () => {
      const found = await faults({
        number: "x".repeat(33),
        line: -1,
        seller: "0x12",
        itemCode: "4006381333930",
        unit: "kilogram",
        quantity: "-1",
        unitPrice: "1e3",
        deliverBy: "2026-02-30",
        paymentDays: 366,
        inspectionDays: 0,
        termsRoot: "0x00",
        colour: "red",
      });
      expect(Object.keys(found).sort()).to.deep.equal([
        "/colour",
        "/deliverBy",
        "/inspectionDays",
        "/itemCode",
        "/line",
        "/number",
        "/paymentDays",
        "/quantity",
        "/seller",
        "/termsRoot",
        "/unit",
        "/unitPrice",
      ]);
      expect(found["/itemCode"]).to.contain("the last digit would be 1");
      expect(found["/number"]).to.equal("must not take more than 32 bytes of UTF-8");
    });

    it("are told what only the record shows", async () => {
      const found = await faults({
        seller: trade.arbiter.id,
        arbiter: trade.chain.deployment.contracts.Parties,
        currency: "XAU",
      });
      expect(found).to.deep.equal({
        "/seller": "Chamber does not have the role cooperative",
        "/arbiter": "is no admitted party",
        "/currency": "is no approved currency",
      });
      expect(await faults({ quantity: "0", unitPrice: "7.80001" })).to.deep.equal({
        "/quantity": "must be more than zero",
        "/unitPrice": "must not have more than 4 decimals",
      });
    });

    it("have three different parties", async () => {
      const own = await faults({ arbiter: trade.buyer.id });
      expect(own["/arbiter"]).to.exist;
    });

    it("are refused amounts of 2^256, and a value beyond 64 bits", async () => {
      const huge = String(2n ** 256n);
      expect(Object.keys(await faults({ quantity: huge, unitPrice: huge }))).to.have.length(2);
      const most = { quantity: "281474976710.655", unitPrice: "2814749.7671" };
      expect(await faults(most)).to.deep.equal({
        "/unitPrice": "makes the order worth more than can be recorded",
      });
    });

    it("are refused number and text in each other's places", async () => {
      const found = await faults({ quantity: 1000, unitPrice: 7.8, line: "1", number: 17 });
      expect(Object.keys(found)).to.have.members(["/quantity", "/unitPrice", "/line", "/number"]);
    });

    it("are refused without a token, and with ids that are none", async () => {
      const { body } = await trade.buyer.get<Problem>("/api/v1/orders?status=Done&buyer=me");
      expect(body.errors).to.have.length(2);
      expect((await act(trade.buyer, "0x12", "cancellation")).status).to.equal(400);
    });
  });
});
