import { expect } from "chai";
import { hexlify, toUtf8Bytes } from "ethers";
import { orderIdOf, receivableIdOf } from "../../../backend/src/chain/claim-ids.ts";
import { broken } from "../../support/bad-requests/broken.ts";
import { Sender, type Reply } from "../../support/bad-requests/sending.ts";
import { delivered } from "../../support/trade-acts.ts";
import { made, refusal, startTrade, type Trade } from "../../support/trade.ts";
import { free, sent, walletOf } from "../../support/trade-wallets.ts";

describe("At the edges of HTTP", function () {
  this.timeout(60_000);
  let trade: Trade;
  let sender: Sender;

  before(async () => {
    trade = await startTrade();
    await trade.at("2026-09-01T09:00:00");
    sender = new Sender(trade.started.url);
  });

  after(async () => {
    sender.close();
    await trade.close();
  });

  const codeOf = ({ status, contentType, body }: Reply): string => {
    expect(contentType).to.match(/^application\/problem\+json/);
    return `${status} ${(JSON.parse(body) as { code: string }).code}`;
  };

  for (const [what, outcome] of [
    ["no host", "400 MalformedRequest"],
    ["an expectation", "417 ExpectationFailed"],
    ["a tunnel", "400 MalformedRequest"],
  ] as const) {
    it(`a request with ${what} is refused in words`, async () => {
      expect(codeOf(await sender.speak(broken[what]!))).to.equal(outcome);
    });
  }

  it("a query that is no UTF-8 is not taken for its percent signs", async () => {
    const path = `/api/v1/liens?buyer=${trade.buyer.id}&number=`;
    expect(refusal(await trade.anyone.get(`${path}%ff`))).to.equal("400 MalformedRequest");
    expect((await trade.anyone.get(`${path}%25ff`)).status).to.equal(200);
  });

  for (const place of ["webhooks/%00", "liens?number=%00"]) {
    it(`an address with NUL is refused before a database sees it: ${place}`, async () => {
      const answer = await trade.operator.get(`/api/v1/${place}`);
      expect(refusal(answer)).to.equal("400 MalformedRequest");
    });
  }

  it("the sandbox's bank does not credit nothing", async () => {
    const nothing = { party: trade.buyer.id, amount: "0.00" };
    const answer = await trade.operator.post("/api/v1/sandbox/money", nothing);
    expect(refusal(answer)).to.equal("422 ZeroAmount");
  });
});

describe("An order that was issued past the API", function () {
  this.timeout(60_000);
  let trade: Trade;

  before(async () => {
    trade = await startTrade();
    await trade.at("2026-09-01T09:00:00");
  });

  after(() => trade.close());

  for (const [what, bytes] of [
    ["control characters", hexlify(toUtf8Bytes("A\u0001\u0000B\r\n"))],
    ["no UTF-8", "0xfffe80c0"],
  ] as const) {
    it(`in texts of ${what} is accepted, delivered, contested and ruled on like any other`, async () => {
      const order = await issuedWith(bytes.padEnd(66, "0"));
      const { body } = await trade.arbiter.get(`/api/v1/orders/${order}`);
      expect(body["number"]).to.include("\ufffd");
      made(await trade.cooperative.post(`/api/v1/orders/${order}/acceptance`));
      const ticket = {
        ...{ ticket: what, depositor: trade.cooperative.id, itemCode: "RICE", unit: "KGM" },
        ...{ lot: "L", quantity: "5", lossAllowanceBps: 0 },
      };
      const receipt = String(made(await trade.warehouse.post("/api/v1/receipts", ticket))["id"]);
      const earmark = await trade.cooperative.post(`/api/v1/receipts/${receipt}/earmark`, {
        order,
      });
      expect(refusal(earmark)).to.equal("422 WrongOrder");
      const receivable = await delivered(trade, order, 1, "1000.000");
      expect(receivable).to.equal(receivableIdOf(order, 1));
      const path = `/api/v1/receivables/${receivable}`;
      made(await trade.buyer.post(`${path}/contest`, { amount: "10.00" }));
      const ruling = made(await trade.arbiter.post(`${path}/ruling`, { upheld: "4.00" }));
      expect(ruling).to.include({ contested: "0.00", amount: "6500.00", outstanding: "6496.00" });
    });
  }

  async function issuedWith(text: string): Promise<string> {
    const { orders } = await walletOf(trade, trade.buyer);
    const terms = {
      number: text,
      line: 1,
      seller: trade.cooperative.id,
      arbiter: trade.arbiter.id,
      currency: trade.chain.deployment.contracts.DepositCurrency,
      item: text,
      unit: "0x010203",
      quantity: 20_000_000n,
      unitPrice: 6_5000n,
      deliverBy: 1_793_000_000n,
      paymentDays: 30,
      inspectionDays: 3,
      termsRoot: `0x${"0".repeat(64)}`,
    };
    await sent(trade, orders.issue(terms, free));
    return orderIdOf(trade.buyer.id, text, 1);
  }
});
