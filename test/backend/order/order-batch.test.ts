import { expect } from "chai";
import { Wallet } from "ethers";
import { Parties__factory } from "../../../typechain-types/index.ts";
import { orderLine, orderXml } from "./ubl-document.ts";
import { orderBody } from "../../support/trade-acts.ts";
import { type Partner, type Problem, startTrade, type Trade } from "../../support/trade.ts";

interface Result {
  readonly index: number;
  readonly line?: number;
  readonly order?: { readonly id: string; readonly number: string; readonly line: number };
  readonly problem?: Problem;
}
interface Answer {
  readonly taken: number;
  readonly refused: number;
  readonly results: readonly Result[];
}

async function suspend(trade: Trade, party: string, suspended: boolean): Promise<void> {
  const { deployment, administrationKey, provider } = trade.chain;
  const administrator = new Wallet(administrationKey, provider);
  const parties = Parties__factory.connect(deployment.contracts.Parties, administrator);
  await (await parties.setSuspended(party, suspended)).wait();
}

describe("Orders in batches over HTTP", function () {
  this.timeout(60_000);
  let trade: Trade;

  before(async () => {
    trade = await startTrade({ pollInterval: 3_600_000 });
  });

  after(() => trade.close());

  const send = (body: unknown, query = "", type = "application/json", by: Partner = trade.buyer) =>
    by.post<Answer & Problem>(`/api/v1/orders/batch${query}`, body, { "content-type": type });
  const json = (orders: readonly unknown[], query = "") => send({ orders }, query);
  const onRecord = async (number: string): Promise<number> => {
    const path = `/api/v1/orders?limit=200&number=${encodeURIComponent(number)}`;
    return (await trade.buyer.get<{ items: unknown[] }>(path)).body.items.length;
  };
  const codes = ({ results }: Answer): (string | undefined)[] =>
    results.map(({ problem }) => problem?.code);
  const nobody = "0x000000000000000000000000000000000000dEaD";

  it("are taken line by line: each has its own result", async () => {
    const number = "JSON-1";
    const lines = [
      orderBody(trade, { number, line: 1 }),
      orderBody(trade, { number, line: 2, quantity: "-5", paymentDays: 900 }),
      orderBody(trade, { number, line: 3, seller: nobody }),
      orderBody(trade, { number, line: 1 }),
      "nothing",
      orderBody(trade, { number, line: 4 }),
    ];
    const { status, body } = await json(lines);
    expect([status, body.taken, body.refused]).to.deep.equal([200, 2, 4]);
    expect(body.results.map(({ index }) => index)).to.deep.equal([0, 1, 2, 3, 4, 5]);
    expect(codes(body)).to.deep.equal([
      undefined,
      "BadInput",
      "BadInput",
      "RepeatedOrder",
      "BadInput",
      undefined,
    ]);
    const [first, second] = body.results;
    expect(first!.order).to.include({ number, line: 1 });
    expect(second!.problem!.errors!.map(({ pointer }) => pointer)).to.have.members([
      "/quantity",
      "/paymentDays",
    ]);
    expect(await onRecord(number)).to.equal(2);
  });

  it("are not taken at all if one is refused and the batch is atomic", async () => {
    const number = "ATOMIC-1";
    const lines = [
      orderBody(trade, { number, line: 1 }),
      orderBody(trade, { number, line: 2, unit: "?" }),
    ];
    const { body } = await json(lines, "?atomic=true");
    expect([body.taken, body.refused]).to.deep.equal([0, 2]);
    expect(codes(body)).to.deep.equal(["BatchRefused", "BadInput"]);
    expect(await onRecord(number)).to.equal(0);
    const whole = await json([lines[0]], "?atomic=true");
    expect([whole.body.taken, await onRecord(number)]).to.deep.equal([1, 1]);
  });

  it("are taken whole or not at all when two atomic batches want the same order at once", async () => {
    for (const round of [1, 2, 3]) {
      const batches = ["10", "20"].map((quantity) => [
        orderBody(trade, { number: `RACE-${round}-${quantity}`, line: 1 }),
        orderBody(trade, { number: `RACE-${round}`, line: 1, quantity }),
        orderBody(trade, { number: `RACE-${round}-${quantity}`, line: 2 }),
      ]);
      const answers = await Promise.all(batches.map((lines) => json(lines, "?atomic=true")));
      const taken = answers.map(({ body }) => body.taken).sort();
      expect(taken).to.deep.equal([0, 3]);
      expect((await onRecord(`RACE-${round}-10`)) + (await onRecord(`RACE-${round}-20`))).to.equal(
        2,
      );
    }
  });

  it("are taken once: what is on record with the same terms is no second order", async () => {
    const number = "AGAIN-1";
    const lines = [1, 2].map((line) => orderBody(trade, { number, line }));
    const first = await json(lines);
    const other = orderBody(trade, { number, line: 2, quantity: "9" });
    const again = await json([lines[0], other, orderBody(trade, { number, line: 3 })]);
    expect(again.body.results[0]!.order).to.deep.equal(first.body.results[0]!.order);
    expect(codes(again.body)).to.deep.equal([undefined, "AlreadyExists", undefined]);
    expect(await onRecord(number)).to.equal(3);
  });

  it("have one effect and one answer for one idempotency key", async () => {
    const body = { orders: [orderBody(trade), orderBody(trade)] };
    const headers = { "content-type": "application/json", "idempotency-key": "batch-1" };
    const path = "/api/v1/orders/batch";
    const [first, again] = [
      await trade.buyer.post(path, body, headers),
      await trade.buyer.post(path, body, headers),
    ];
    expect(again.body).to.deep.equal(first.body);
    const other = await trade.buyer.post(path, { orders: [orderBody(trade)] }, headers);
    expect([other.status, other.body["code"]]).to.deep.equal([422, "IdempotencyKeyReused"]);
  });

  it("take more than a transaction holds", async () => {
    const number = "MANY-1";
    const lines = Array.from({ length: 150 }, (_, line) => orderBody(trade, { number, line }));
    const { body } = await json(lines);
    expect([body.taken, body.refused]).to.deep.equal([150, 0]);
    expect(await onRecord(number)).to.equal(150);
  });

  it("go on without the lines that the chain alone refuses", async () => {
    const number = "CHAIN-1";
    const { id } = trade.otherCooperative;
    const lines = [1, 2, 3, 4, 5].map((line) =>
      orderBody(trade, { number, line, ...(line % 2 === 0 && { seller: id }) }),
    );
    // Behind the backend's back, which will not look by itself for an hour.
    await suspend(trade, id, true);
    const whole = await json(lines, "?atomic=true");
    expect([whole.body.taken, codes(whole.body)[1]]).to.deep.equal([0, "InvalidTerm"]);
    const { body } = await json(lines);
    await suspend(trade, id, false);
    expect(codes(body)).to.deep.equal([
      undefined,
      "InvalidTerm",
      undefined,
      "InvalidTerm",
      undefined,
    ]);
    expect(body.results[1]!.problem!.values).to.include({ field: "seller" });
    expect(await onRecord(number)).to.equal(3);
  });

  describe("as CSV", () => {
    const csv = (rows: readonly string[], query = "") => {
      const columns = "number,line,seller,itemCode,unit,quantity,unitPrice,deliverBy,paymentDays";
      const usual = `arbiter=${trade.arbiter.id}&inspectionDays=3`;
      return send([columns, ...rows, ""].join("\n"), `?${usual}${query}`, "text/csv");
    };
    const row = (number: string, line: number, changes: { seller?: string } = {}): string =>
      `${number},${line},${changes.seller ?? trade.cooperative.id},RICE-5,KGM,100,7.80,2026-12-01,30`;

    it("take the good rows and name the broken one by its line", async () => {
      const rows = [
        row("CSV-1", 1),
        'CSV-1,2,"broken',
        row("CSV-1", 3, { seller: "green valley" }),
      ];
      const { body } = await csv(rows);
      expect([body.taken, body.refused]).to.deep.equal([2, 1]);
      expect(body.results.map(({ line }) => line)).to.deep.equal([2, 3, 4]);
      expect(body.results[1]!.problem!.errors).to.deep.equal([
        { pointer: "", detail: "A quoted cell is not closed" },
      ]);
      expect(await onRecord("CSV-1")).to.equal(2);
    });

    it("take nothing if a row is broken and the batch is atomic", async () => {
      const { body } = await csv([row("CSV-2", 1), "CSV-2,2", row("CSV-2", 3)], "&atomic=true");
      expect([body.taken, body.refused]).to.deep.equal([0, 3]);
      expect(codes(body)).to.deep.equal(["BatchRefused", "BadInput", "BatchRefused"]);
      expect(await onRecord("CSV-2")).to.equal(0);
    });

    it("name a seller that nobody is called, and cells that are no values", async () => {
      const rows = [row("CSV-3", 1, { seller: "Nobody" }), "CSV-3,two,,x,KGM,1e9,,yesterday,30"];
      const { body } = await csv(rows);
      expect(body.results[0]!.problem!.errors).to.deep.include({
        pointer: "/seller",
        detail: "no party is called Nobody",
      });
      const { errors } = body.results[1]!.problem!;
      expect(new Set(errors!.map(({ pointer }) => pointer))).to.deep.equal(
        new Set(["/line", "/seller", "/quantity", "/unitPrice", "/deliverBy"]),
      );
    });

    it("are refused as a whole without a header that can be used", async () => {
      const { status, body } = await send("nummer,line\nA,1\n", "", "text/csv");
      expect([status, body.code, body.values!["line"]]).to.deep.equal([400, "MalformedCsv", 1]);
    });
  });

  describe("as UBL", () => {
    const ubl = (xml: string, query = "") =>
      send(xml, `?arbiter=${trade.arbiter.id}&inspectionDays=3${query}`, "application/xml");

    it("are the lines of a document, from the buyer that it names to the seller that it names", async () => {
      const xml = orderXml(
        [orderLine({ id: 1 }), orderLine({ id: 2, price: "0" }), orderLine({ id: 3 })],
        "UBL-1",
        trade.cooperative.id,
      );
      const { status, body } = await ubl(xml);
      expect([status, body.taken, body.refused]).to.deep.equal([200, 2, 1]);
      expect(body.results[1]!.problem!.errors![0]!.pointer).to.equal("/unitPrice");
      const list = await trade.buyer.get<{ items: object[] }>("/api/v1/orders?number=UBL-1");
      expect(list.body.items[0]).to.include({
        number: "UBL-1",
        line: 1,
        sellerName: "Green Valley",
        itemCode: "04012345123456",
        quantity: "100000.000",
        unitPrice: "7.8000",
        currency: "CNY",
        deliverBy: "2026-12-01T23:59:59+08:00",
        paymentDays: 30,
      });
    });

    it("take the request's seller where the document's is not known here", async () => {
      const xml = orderXml([orderLine({ id: 1 })], "UBL-2", "9999").replaceAll("Green Valley", "X");
      const none = await ubl(xml);
      expect(none.body.results[0]!.problem!.errors![0]!.pointer).to.equal("/seller");
      const given = await ubl(xml, `&seller=${trade.otherCooperative.id}`);
      expect(given.body.taken).to.equal(1);
    });

    it("are refused when the document is another buyer's", async () => {
      const xml = orderXml([orderLine({ id: 1 })], "UBL-3", trade.cooperative.id);
      const type = "application/xml";
      const query = `?arbiter=${trade.arbiter.id}&inspectionDays=3`;
      const { body } = await send(xml, query, type, trade.otherBuyer);
      expect(body.results[0]!.problem!.errors![0]).to.deep.equal({
        pointer: "/buyer",
        detail: "the document is an order of 4012345000009",
      });
    });

    it("are refused with entities, malformed, and as another document", async () => {
      const bomb = `<!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "&b;&b;&b;">]>\n<Order>&c;</Order>`;
      const answers = [
        await ubl(bomb),
        await ubl("<Order>\n<ID></Id></Order>"),
        await ubl("<Invoice/>"),
      ];
      expect(answers.map(({ status, body }) => [status, body.code])).to.deep.equal([
        [400, "DocumentTypeRefused"],
        [400, "MalformedXml"],
        [400, "NotAnOrder"],
      ]);
      expect(answers[1]!.body.values!["line"]).to.equal(2);
    });
  });

  it("are refused as a whole when the request is no batch", async () => {
    const orders = [orderBody(trade)];
    const refusals: readonly [unknown, string][] = [
      [{}, "/orders"],
      [{ orders: {} }, "/orders"],
      [{ orders: [] }, "/orders"],
      [[], ""],
      [{ orders, colour: "red" }, "/colour"],
    ];
    for (const [body, pointer] of refusals) {
      const answer = await send(body);
      expect([answer.status, answer.body.errors![0]!.pointer]).to.deep.equal([400, pointer]);
    }
    const { body } = await json(orders, "?atomic=perhaps&paymentDays=many");
    expect(new Set(body.errors!.map(({ parameter }) => parameter))).to.deep.equal(
      new Set(["atomic", "paymentDays"]),
    );
    expect((await send("x", "", "text/plain")).status).to.equal(415);
  });

  it("are refused beyond 10 MB", async () => {
    const megabytes = (size: number): string => "x".repeat(size * 1024 * 1024);
    const answers = [
      await send(`<Order>${megabytes(20)}</Order>`, "", "application/xml"),
      await send(megabytes(20), "", "text/csv"),
      await send({ orders: [megabytes(20)] }),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).to.deep.equal(
      answers.map(() => [413, "BodyTooLarge"]),
    );
  });

  it("are for buyers", async () => {
    const { body } = await send({ orders: [] }, "", "application/json", trade.cooperative);
    expect(body.code).to.equal("WrongRole");
  });
});
