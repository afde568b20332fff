import { expect } from "chai";
import { Wallet } from "ethers";
import { isBeyondDay } from "../../../backend/src/organisation/approval.ts";
import { worthOf } from "../../../backend/src/organisation/worth.ts";
import type { Answer, Client } from "../../support/client.ts";
import { clientOf } from "../../support/sign-in.ts";
import { orderBody } from "../../support/trade-acts.ts";
import { startTrade, type Trade } from "../../support/trade.ts";

interface Command {
  readonly id: string;
  readonly state?: string;
}

describe("A limit of a day", function () {
  this.timeout(60_000);
  let trade: Trade;
  const wallets = [wallet(), wallet()];
  let makers: Client[], approver: Client;

  before(async () => {
    trade = await startTrade();
    const people = [
      ...wallets.map((of) => [of, "maker"] as const),
      [wallet(), "approver"] as const,
    ];
    const clients: Client[] = [];
    for (const [of, rank] of people) {
      const path = `/api/v1/organisation/people/${of.address}`;
      await trade.buyer.put(path, { rank, name: rank });
      clients.push(await clientOf(trade.started.url, of));
    }
    approver = clients.pop()!;
    makers = clients;
  });

  after(() => trade.close());

  const set = (items: object[]): Promise<Answer<object>> =>
    trade.buyer.put("/api/v1/organisation/limits", { items });
  /** An order of 7,800.00. */
  const issue = async (by: Client, changes: object = {}): Promise<string> => {
    const { status, body } = await by.post<Command>("/api/v1/orders", orderBody(trade, changes));
    return status === 201 ? "done" : (body.state ?? String(status));
  };

  it("is set beside that of one request, or alone", async () => {
    const items = [
      { kind: "order", currency: "CNY", amount: "9000.00", perDay: "23400.00" },
      { kind: "payment", currency: "CNY", perDay: "1.00" },
    ];
    expect((await set(items)).body).to.deep.equal({ items });
    const bad = await set([
      { kind: "order", perDay: "1.00" },
      { kind: "order", currency: "CNY" },
    ]);
    expect(bad.status).to.equal(400);
    expect((await trade.buyer.get("/api/v1/organisation/limits")).body).to.deep.equal({ items });
  });

  it("lets no more through than it is, of several people who ask at once", async () => {
    const asked = [0, 1, 2, 3, 4].map((turn) => issue(makers[turn % 2]!));
    const came = (await Promise.all(asked)).sort();
    expect(came).to.deep.equal(["Proposed", "Proposed", "done", "done", "done"]);
  });

  it("stops neither the owner nor what a second person has approved, and does not count them", async () => {
    await set([{ kind: "order", currency: "CNY", perDay: "31200.00" }]);
    expect(await issue(trade.buyer)).to.equal("done");
    const { items } = (await approver.get<{ items: Command[] }>("/api/v1/commands?state=Proposed"))
      .body;
    const word = await approver.post<Command>(`/api/v1/commands/${items[0]!.id}/approval`);
    expect(word.body.state).to.equal("Final");
    expect(await issue(makers[0]!, { quantity: "1000.001" })).to.equal("Proposed");
    expect(await issue(makers[0]!)).to.equal("done");
    expect(await issue(makers[1]!, { quantity: "0.100" })).to.equal("Proposed");
  });

  it("does not count what was refused", async () => {
    await set([{ kind: "order", currency: "CNY", perDay: "46800.00" }]);
    const number = "PO-ONCE";
    expect(await issue(makers[0]!, { number })).to.equal("done");
    expect(await issue(makers[0]!, { number, quantity: "999.000" })).to.equal("409");
    expect(await issue(makers[0]!)).to.equal("done");
    expect(await issue(makers[0]!)).to.equal("Proposed");
  });

  it("counts a batch as a whole", async () => {
    await set([{ kind: "order", currency: "CNY", perDay: "62400.00" }]);
    const orders = [orderBody(trade), orderBody(trade), orderBody(trade)];
    const ask = async (some: object[]) => {
      const path = "/api/v1/orders/batch";
      const { body } = await makers[0]!.post<{ results: object[] }>(path, { orders: some });
      return body.results.map((result) => ("command" in result ? "waits" : "done"));
    };
    expect(await ask(orders)).to.deep.equal(["waits", "waits", "waits"]);
    expect(await ask(orders.slice(1))).to.deep.equal(["done", "done"]);
    expect(await issue(makers[0]!)).to.equal("Proposed");
  });
});

describe("What is moved in a day", () => {
  const yuan = { token: `0x${"1".repeat(40)}`, symbol: "CNY", decimals: 2 };
  const euro = { token: `0x${"2".repeat(40)}`, symbol: "EUR", decimals: 2 };
  const limit = (kind: "any" | "order", amount: bigint) => ({ kind, currency: yuan.token, amount });
  const moved = (kind: "order" | "payment", { token }: typeof yuan, amount: string) => ({
    kind,
    amounts: [{ token, amount }],
  });

  it("counts in its own currency, to the last minor unit", () => {
    const limits = [limit("order", 100n)];
    const before = [moved("order", yuan, "60"), moved("order", euro, "60")];
    expect(isBeyondDay(limits, worthOf("order", [[yuan, 40n]]), before)).to.equal(false);
    expect(isBeyondDay(limits, worthOf("order", [[yuan, 41n]]), before)).to.equal(true);
    expect(isBeyondDay(limits, worthOf("order", [[euro, 101n]]), before)).to.equal(false);
  });

  it("counts for its kind's limit, and for that of any kind where its own has none", () => {
    const limits = [limit("order", 100n), limit("any", 10n)];
    const before = [moved("order", yuan, "60"), moved("payment", yuan, "6")];
    expect(isBeyondDay(limits, worthOf("order", [[yuan, 40n]]), before)).to.equal(false);
    expect(isBeyondDay(limits, worthOf("drawdown", [[yuan, 4n]]), before)).to.equal(false);
    expect(isBeyondDay(limits, worthOf("drawdown", [[yuan, 5n]]), before)).to.equal(true);
  });
});

function wallet(): Wallet {
  return new Wallet(Wallet.createRandom().privateKey);
}
