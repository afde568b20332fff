import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { type Answer, Client } from "../../support/client.ts";
import { openTrade, orderBody, type Problem, type Trade } from "../order/trade.ts";

describe("Hostile input", function () {
  this.timeout(60_000);
  let trade: Trade;

  before(async () => {
    trade = await openTrade();
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
