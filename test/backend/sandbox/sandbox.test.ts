import { expect } from "chai";
import { startBackend, type TestBackend } from "../../support/backend.ts";
import { Client } from "../../support/client.ts";
import { startLocalChain, type LocalChain } from "../../support/local-chain.ts";

const calendar = "/api/v1/sandbox/calendar";

describe("The sandbox", function () {
  this.timeout(60_000);
  let chain: LocalChain;
  let started: TestBackend;
  let operator: Client;
  let party: string;

  before(async () => {
    chain = await startLocalChain("2012-03-01T00:00:00Z");
    started = await startBackend(chain);
    operator = await new Client(started.url).signedIn("operator");
    const { body } = await operator.post("/api/v1/parties", { name: "Buyer", roles: ["buyer"] });
    party = String(body["id"]);
  });

  after(async () => {
    await started.close();
    await chain.close();
  });

  const mint = (amount: string) => operator.post("/api/v1/sandbox/money", { party, amount });
  const headTime = async (): Promise<number> =>
    (await chain.provider.getBlock("latest"))!.timestamp;

  it("lives at the time of its chain, also long ago", async () => {
    const { body } = await new Client(started.url).get(calendar);
    expect(body["now"]).to.match(/^2012-03-01T08:0\d:\d\d\+08:00$/);
  });

  it("gives the next block exactly the calendar's time, again and again", async () => {
    const to = "2012-04-01T10:00:00+08:00";
    for (let times = 0; times < 2; times += 1) {
      const moved = await operator.post(calendar, { to });
      expect([moved.status, moved.body["now"]]).to.deep.equal([200, to]);
      await mint("1.00");
      expect(await headTime()).to.equal(Date.parse(to) / 1000);
    }
  });

  it("stands still until then", async () => {
    const to = "2012-05-01T10:00:00+08:00";
    await operator.post(calendar, { to });
    expect((await operator.get(calendar)).body["now"]).to.equal(to);
    const later = "2012-05-01T10:00:05+08:00";
    expect((await operator.post(calendar, { to: later })).body["now"]).to.equal(later);
  });

  it("never goes back", async () => {
    await operator.post(calendar, { to: "2012-06-01T10:00:00+08:00" });
    const back = await operator.post(calendar, { to: "2012-06-01T09:59:59+08:00" });
    expect([back.status, back.body["code"]]).to.deep.equal([422, "CalendarGoesForward"]);
    expect((await operator.post(calendar, { to: "tomorrow" })).status).to.equal(400);
  });

  it("is moved while others act, and says so where they were faster", async () => {
    const moves = Array.from({ length: 12 }, (_, day) => [
      operator.post(calendar, { to: `2012-07-${String(12 - day).padStart(2, "0")}T00:00:00Z` }),
      mint("1.00"),
      operator.post(calendar, { to: `2012-07-${String(day + 1).padStart(2, "0")}T00:00:00Z` }),
    ]).flat();
    for (const { status } of await Promise.all(moves)) expect(status).to.be.oneOf([200, 422]);
  });

  it("ends before the days that the contracts count do", async () => {
    for (const to of ["2149-06-06T00:00:00Z", "9999-12-31T09:00:00Z"]) {
      const { status, body } = await operator.post(calendar, { to });
      expect([status, JSON.stringify(body["errors"])]).to.deep.equal([
        400,
        '[{"pointer":"/to","detail":"must not be after 2147-06-05"}]',
      ]);
    }
  });

  it("credits money to the minor unit, and no other", async () => {
    const before = await mint("0.01");
    const after = await mint("1250.50");
    const amount = (answer: typeof after): number =>
      Number((answer.body["balances"] as { amount: string }[])[0]!.amount);
    expect(Math.round((amount(after) - amount(before)) * 100)).to.equal(125_050);
    for (const bad of ["0.001", "-1.00", "1e3", (2n ** 256n).toString()]) {
      const refused = await mint(bad);
      expect(refused.status, bad).to.equal(400);
      expect(JSON.stringify(refused.body["errors"])).to.include("/amount");
    }
  });

  it("has its routes nowhere else", async () => {
    const serious = await startBackend(chain, { sandbox: false });
    try {
      const client = new Client(serious.url);
      expect((await client.get(calendar)).status).to.equal(404);
      expect((await client.post("/api/v1/auth/sandbox", { party })).status).to.equal(404);
    } finally {
      await serious.close();
    }
  });
});
