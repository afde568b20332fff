import { expect } from "chai";
import { askAs, outcomeOf } from "../../support/access-table/asking.ts";
import { callers, type Asked, type Caller, type Row } from "../../support/access-table/row.ts";
import { isPage, openRoutes, routesOf, table } from "../../support/access-table/table.ts";
import type { Answer, Client } from "../../support/client.ts";
import { listened } from "../../support/event-stream.ts";
import { facilityTerms, orderBody } from "../../support/trade-acts.ts";
import { made, refusal, type Problem } from "../../support/trade.ts";
import { stageTrade, type TradeStage } from "../../support/trade-stage.ts";

describe("Access", function () {
  this.timeout(180_000);
  let stage: TradeStage;

  before(async () => {
    stage = await stageTrade();
  });

  after(() => stage.trade.close());

  const clientOf = (caller: Caller): Client =>
    caller === "nobody" ? stage.trade.anyone : stage.trade[caller];

  async function ask(by: Caller, row: Row, asked: Asked): Promise<Answer<Problem>> {
    if (row.route === stream && by !== "nobody" && asked.query === undefined) return begun(by);
    return askAs(clientOf(by), row, asked);
  }

  /** A stream of events is never whole. */
  async function begun(by: Exclude<Caller, "nobody">): Promise<Answer<Problem>> {
    const id = by === "operator" ? by : stage.trade[by].id;
    const { status, headers, events } = await listened(stage.trade, id);
    expect(headers.get("content-type")).to.match(/^text\/event-stream/);
    expect(events.length > 0, by).to.equal(by !== "operator");
    return { status, headers, body: { code: "" } };
  }

  it("is told for every route that the router has", () => {
    const server = stage.trade.started.backend.app.getHttpAdapter().getInstance();
    const routes = routesOf(server).filter((route) => !isPage(route));
    expect(routes).to.include.members(["GET /api/v1/orders/:id/deliveries", "GET /problems/:code"]);
    const told = new Set([...table.map(({ route }) => route), ...openRoutes]);
    expect(
      [...told].filter((route) => !routes.includes(route)),
      "gone",
    ).to.deep.equal([]);
    expect(
      routes.filter((route) => !told.has(route)),
      "without a row",
    ).to.deep.equal([]);
  });

  it("without signing in is given to the routes that are open by name, and to no other", () => {
    const open = table.filter(({ outcomes: { nobody } }) => nobody !== "401 NotSignedIn");
    const strange = open.map(({ route }) => route).filter((route) => !openRoutes.includes(route));
    expect(strange).to.deep.equal([]);
  });

  for (const row of table) {
    it(`to ${row.route}${row.about === undefined ? "" : ` (${row.about})`}`, async () => {
      const asked = await row.asks(stage);
      const found: Record<string, string> = {};
      for (const caller of [...callers].sort(refusedFirst(row))) {
        found[caller] = outcomeOf(await ask(caller, row, asked));
      }
      expect(found).to.deep.equal(row.outcomes);
    });
  }

  it("to what is another's is refused as if it were not there", async () => {
    const compared: string[] = [];
    for (const row of table) {
      const asked = await row.asks(stage);
      if (asked.absent === undefined || asked.id === asked.absent) continue;
      for (const caller of callers.filter((each) =>
        /^40[134] (?!NotPermitted)/.test(row.outcomes[each]),
      )) {
        const other = await ask(caller, row, asked);
        const none = await ask(caller, row, { ...asked, id: asked.absent });
        expect(answerOf(other), `${caller}: ${row.route}`).to.deep.equal(answerOf(none));
        compared.push(row.route);
      }
    }
    expect(new Set(compared).size).to.be.greaterThan(35);
  });

  it("comes with no field that nobody knows", async () => {
    const refused = ({ status, body }: Answer<Problem>): string =>
      `${status} ${body.code} ${body.errors?.map(({ pointer, parameter }) => [pointer, parameter].join("")).join() ?? ""}`;
    for (const row of table) {
      const asked = await row.asks(stage);
      const caller = callers.find((each) => !/^40[134] /.test(row.outcomes[each]));
      if (caller === undefined) continue;
      const query = [asked.query, "unheardOf=1"].filter(Boolean).join("&");
      const asking = await ask(caller, row, { ...asked, query });
      expect(refused(asking), row.route).to.equal("400 BadInput unheardOf");
      if (row.route.startsWith("GET ")) continue;
      const body = { ...asked.body, unheardOf: 1 };
      const sending = await ask(caller, row, { ...asked, body });
      const pointer = asked.body === undefined ? "" : "/unheardOf";
      expect(refused(sending), row.route).to.equal(`400 BadInput ${pointer}`);
    }
  });

  it("to a party that is suspended stays as it was, but for making something new", async () => {
    const { trade, facility, order } = stage;
    const suspended = ["buyer", "cooperative", "warehouse", "lender"] as const;
    for (const party of suspended) {
      const path = `/api/v1/parties/${trade[party].id}/suspension`;
      made(await trade.operator.post(path, { suspended: true }));
    }
    for (const row of table.filter(({ route }) => route.startsWith("GET ") && route !== stream)) {
      for (const party of suspended) {
        const found = outcomeOf(await ask(party, row, await row.asks(stage)));
        expect(found, `${party}: ${row.route}`).to.equal(row.outcomes[party]);
      }
    }
    const { revision } = made(await trade.cooperative.get(`/api/v1/loans/${order}`));
    const refusals = [
      await trade.buyer.post(
        "/api/v1/orders",
        orderBody(trade, { seller: trade.otherCooperative.id }),
      ),
      await trade.cooperative.post(`/api/v1/orders/${stage.issued}/acceptance`),
      await trade.lender.post("/api/v1/facilities", facilityTerms(trade, { number: "F-9" })),
      await trade.cooperative.post(`/api/v1/facilities/${facility}/drawdowns`, {
        order,
        amount: "1.00",
        revision,
      }),
      await trade.warehouse.post("/api/v1/receipts", {
        ticket: "WT-SUSPENDED",
        depositor: trade.otherCooperative.id,
        itemCode: "RICE",
        unit: "KGM",
        lot: "L1",
        quantity: "1.000",
        lossAllowanceBps: 0,
      }),
    ];
    expect(refusals.map(refusal)).to.deep.equal(refusals.map(() => "422 PartySuspended"));
  });
});

/** Whoever gets through may take away what the others are to be refused. */
const refusedFirst =
  ({ outcomes }: Row) =>
  (one: Caller, other: Caller): number =>
    Number(outcomes[one].startsWith("2")) - Number(outcomes[other].startsWith("2"));

const stream = "GET /api/v1/events";

function answerOf({ status, body }: Answer<Problem>): object {
  return { status, body };
}
