import { expect } from "chai";
import { Quotes__factory } from "../../../typechain-types/index.ts";
import { drawDown, openFacility, storyOrder } from "../../support/trade-acts.ts";
import { made, startTrade, type Trade } from "../../support/trade.ts";

interface Line {
  readonly date: string;
  readonly interestDue: string;
}

describe("A statement and the contracts", function () {
  this.timeout(120_000);
  let trade: Trade;

  before(async () => {
    trade = await startTrade();
  });

  after(() => trade.close());

  it("agree on interest due on each day, over drawdowns, repayments and maturity", async () => {
    await trade.at("2026-09-01T09:00:00");
    const facility = await openFacility(trade, {
      tenorDays: 20,
      rateBps: 437,
      penaltyRateBps: 911,
    });
    const order = await storyOrder(trade, "PO-1");
    const contract = Quotes__factory.connect(
      trade.chain.deployment.contracts.Quotes,
      trade.chain.provider,
    );
    const acts: Record<string, (revision: number) => Promise<unknown>> = {
      "2026-09-02": () => drawDown(trade, facility, order, "12345.67"),
      "2026-09-05": () => drawDown(trade, facility, order, "0.01"),
      "2026-09-11": (revision) => repay("5.55", revision),
      "2026-09-12": (revision) => repay("3333.33", revision),
      "2026-09-22": () => drawDown(trade, facility, order, "777.77"),
      "2026-10-03": (revision) => repay("0.02", revision),
    };
    const repay = (amount: string, revision: number) =>
      trade.cooperative.post(`/api/v1/loans/${order}/repayments`, { amount, revision });
    const onChain: Line[] = [];
    for (let day = 2; day <= 40; day += 1) {
      const date = new Date(Date.UTC(2026, 8, day)).toISOString().slice(0, 10);
      await trade.at(`${date}T12:00:00`);
      const { revision } = made(await trade.cooperative.get(`/api/v1/loans/${order}`));
      const act = acts[date];
      if (act === undefined) await trade.chain.provider.send("evm_mine", []);
      else await act(Number(revision));
      const due = await contract.interestDue(order);
      onChain.push({ date, interestDue: `${due / 100n}.${String(due % 100n).padStart(2, "0")}` });
    }
    const { lines } = made(
      await trade.lender.get<{ lines: Line[] }>(`/api/v1/loans/${order}/statement?to=2026-10-10`),
    );
    expect(lines.map(({ date, interestDue }) => ({ date, interestDue }))).to.deep.equal(onChain);
    for (const { date, interestDue } of onChain.slice(-4)) {
      const path = `/api/v1/loans/${order}?asOf=${date}T23:59:59%2B08:00`;
      const { status, body } = await trade.lender.get(path);
      expect([status, body["interestDue"]]).to.deep.equal([200, interestDue]);
    }
  });

  it("looks ahead as if nobody paid, and answers bad days", async () => {
    const { items } = made(await trade.lender.get<{ items: { root: string }[] }>("/api/v1/loans"));
    const path = `/api/v1/loans/${items[0]!.root}/statement`;
    const { lines } = made(
      await trade.lender.get<{ lines: Line[] }>(`${path}?from=2026-10-11&to=2026-10-20`),
    );
    expect(lines).to.have.length(10);
    expect((await trade.lender.get(`${path}?from=2026-10-11&to=2026-10-01`)).status).to.equal(400);
    expect((await trade.lender.get(`${path}?to=2226-10-11`)).status).to.equal(400);
    expect((await trade.lender.get(`${path}?to=tomorrow`)).status).to.equal(400);
    expect((await trade.otherLender.get(path)).status).to.equal(404);
    const csv = await trade.lender.send<string>("GET", path, undefined, { accept: "text/csv" });
    expect(csv.body.split("\r\n")[0]).to.equal(
      "date,loan,facility,openingPrincipal,drawn,repaid,closingPrincipal,rateBps,interestNumerator,interest,interestAccrued,interestPaid,interestDue,maturityDate,inDefault",
    );
  });
});
