import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { type Answer, Client } from "../../support/client.ts";
import { acceptedOrder, orderBody } from "../../support/trade-acts.ts";
import { type Problem, startTrade, type Trade } from "../../support/trade.ts";

describe("Hostile input", function () {
  this.timeout(60_000);
  let trade: Trade;

  before(async () => {
    trade = await startTrade();
  });

  after(() => trade.close());

  const refused = (answer: Answer<unknown>, status: number, code: string): void => {
    expect(answer.headers.get("content-type")).to.match(/^application\/problem\+json/);
    expect([answer.status, (answer.body as Problem).code]).to.deep.equal([status, code]);
  };

  for (const path of ["/api/v1/orders", "/api/v1/orders/batch"]) {
    it(`nested deep is the client's fault: ${path}`, async () => {
      const deep = `{"orders": [{"number": ${"[".repeat(60_000)}${"]".repeat(60_000)}}]}`;
      refused(await trade.buyer.post(path, deep), 400, "MalformedBody");
    });
  }

  it("in a body that is compressed is not unpacked", async () => {
    const response = await fetch(`${trade.started.url}/api/v1/auth/sandbox`, {
      method: "POST",
      headers: { "content-type": "application/json", "content-encoding": "gzip" },
      body: gzipSync('{"party": "operator"}'),
    });
    expect(response.status).to.equal(415);
    expect(await response.json()).to.include({ detail: "Bodies come uncompressed." });
  });

  it("in the address is a problem, not the framework's own answer", async () => {
    refused(await new Client(trade.started.url).get("/api/v1/liens/%zz"), 400, "MalformedRequest");
  });

  for (const [what, bytes, status, code] of [
    ["no HTTP", "hello\r\n\r\n", 400, "MalformedRequest"],
    ["an unknown method", "FOO / HTTP/1.1\r\nHost: x\r\n\r\n", 400, "MalformedRequest"],
    [
      "large headers",
      `GET /${"a".repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
      431,
      "HeadersTooLarge",
    ],
  ] as const) {
    it(`that is ${what} gets a problem all the same`, async () => {
      const answer = await spoken(trade.started.url, bytes);
      expect(answer).to.match(new RegExp(`^HTTP/1.1 ${status} `));
      expect(answer).to.include("application/problem+json").and.include(`"code":"${code}"`);
    });
  }

  it("that never ends is not waited for", () => {
    const { requestTimeout } = trade.started.backend.app.getHttpServer() as {
      requestTimeout: number;
    };
    expect(requestTimeout).to.be.within(1, 120_000);
  });

  it("under the names that every object inherits is as unknown as any other", async () => {
    const order = orderBody(trade, { toString: "x", hasOwnProperty: 1 });
    const { status, body } = await trade.buyer.post<Problem>("/api/v1/orders", order);
    expect([status, body.errors?.map(({ pointer }) => pointer)]).to.deep.equal([
      400,
      ["/toString", "/hasOwnProperty"],
    ]);
    for (const name of ["toString", "constructor", "__proto__"]) {
      refused(await trade.buyer.get(`/api/v1/orders?${name}=1`), 400, "BadInput");
    }
  });

  it("that a route would not look at is refused", async () => {
    const id = await acceptedOrder(trade);
    const misspelt = await trade.buyer.get<Problem>(`/api/v1/orders/${id}?asof=2026-09-01`);
    expect(misspelt.body.errors?.[0]).to.include({ parameter: "asof" });
    const reason = { reason: "changed our minds" };
    refused(await trade.buyer.post(`/api/v1/orders/${id}/cancellation`, reason), 400, "BadInput");
    const { status } = await trade.buyer.post(`/api/v1/orders/${id}/cancellation`, {});
    expect(status).to.equal(200);
  });

  for (const text of [
    "\ud800",
    "a\u202eb",
    "a\u200bb",
    "\u00ad",
    "a\u0000b",
    "\ufffd",
    "\ue000",
    "  ",
  ]) {
    it(`that nobody can read is no name or number: ${JSON.stringify(text)}`, async () => {
      for (const field of ["number", "itemCode"]) {
        const order = orderBody(trade, { [field]: text });
        const { status, body } = await trade.buyer.post<Problem>("/api/v1/orders", order);
        expect([status, body.errors?.[0]?.pointer]).to.deep.equal([400, `/${field}`]);
      }
      const party = { name: text, roles: ["buyer"] };
      refused(await trade.operator.post("/api/v1/parties", party), 400, "BadInput");
    });
  }

  it("in numbers that differ in how they are written means one order", async () => {
    const order = orderBody(trade, { number: "ΐ-77" });
    const first = await trade.buyer.post("/api/v1/orders", order);
    const second = await trade.buyer.post("/api/v1/orders", { ...order, number: "Ϊ́-７７" });
    expect([first.status, second.status]).to.deep.equal([201, 200]);
    expect(second.body["id"]).to.equal(first.body["id"]);
  });

  for (const deliverBy of ["0000-01-01", "1969-12-31", "9999-12-31T23:59:59-14:00"]) {
    it(`as a deadline is refused: ${deliverBy}`, async () => {
      const answer = await trade.buyer.post<Problem>(
        "/api/v1/orders",
        orderBody(trade, { deliverBy }),
      );
      expect([answer.status, answer.body.errors?.[0]?.pointer]).to.deep.equal([400, "/deliverBy"]);
    });
  }

  for (const cursor of [["a", "b"], [1, "x"], ["x", 1], [1], [null, null]]) {
    it(`as a cursor is refused: ${JSON.stringify(cursor)}`, async () => {
      const after = Buffer.from(JSON.stringify(cursor)).toString("base64url");
      refused(await trade.buyer.get(`/api/v1/orders?after=${after}`), 400, "BadInput");
    });
  }

  it("with faults beyond number gets a short answer", async () => {
    const fields = (count: number): object =>
      Object.fromEntries(Array.from({ length: count }, (_, place) => [`f${place}`, 1]));
    for (const body of [fields(150), fields(10_000)]) {
      const answer = await trade.buyer.post<Problem>("/api/v1/orders", body);
      refused(answer, 400, "BadInput");
      expect(answer.body.errors?.length).to.be.lessThan(120);
    }
    refused(await trade.buyer.post("/api/v1/orders/batch", fields(100_000)), 400, "BadInput");
  });

  for (const [what, xml, status, code] of [
    ["many elements", `<Order>${"<a/>".repeat(600_000)}</Order>`, 413, "XmlTooManyParts"],
    ["many attributes", `<Order ${'a="" '.repeat(600_000)}/>`, 413, "XmlTooManyParts"],
    ["a long text", `<Order>${"&amp;".repeat(300_000)}</Order>`, 413, "XmlPartTooLong"],
    ["many line ends", `<Order>${"\r".repeat(700_000)}</Order>`, 413, "XmlTooManyParts"],
    ["a long tag", `<Order${" ".repeat(1_100_000)}/>`, 413, "XmlPartTooLong"],
    ["no end", "<a>".repeat(100_000), 400, "MalformedXml"],
  ] as const) {
    it(`in XML of ${what} costs little`, async () => {
      const type = { "content-type": "application/xml" };
      const answer = await trade.buyer.post<Problem>("/api/v1/orders/batch", xml, type);
      refused(answer, status, code);
      expect(JSON.stringify(answer.body).length).to.be.lessThan(1000);
    });
  }

  it("leaves the good requests alone", async () => {
    const { status } = await trade.buyer.post("/api/v1/orders", orderBody(trade));
    expect(status).to.equal(201);
  });
});

/** What the backend answers to bytes. */
function spoken(url: string, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let answer = "";
    socket.on("data", (data) => (answer += data.toString()));
    socket.on("close", () => {
      resolve(answer);
    });
    socket.on("error", reject);
  });
}
