import { expect } from "chai";
import {
  delivered,
  drawDown,
  facilityTerms,
  openFacility,
  storyOrder,
} from "../../support/trade-acts.ts";
import { made, refusal, startTrade, type Trade } from "../../support/trade.ts";

const nowhere = `0x${"7".repeat(64)}`;

describe("Facilities and loans over HTTP", function () {
  this.timeout(120_000);
  let trade: Trade;
  let facility: string;

  before(async () => {
    trade = await startTrade();
    await trade.at("2026-09-01T09:00:00");
    facility = await openFacility(trade);
  });

  after(() => trade.close());

  const draw = (order: string, amount: string, revision: number) =>
    trade.cooperative.post(`/api/v1/facilities/${facility}/drawdowns`, { order, amount, revision });

  describe("opening", () => {
    it("answers with the terms as agreed", async () => {
      const { status, body } = await trade.lender.get(`/api/v1/facilities/${facility}`);
      expect(status).to.equal(200);
      expect(body).to.include({
        number: "F-1",
        lenderName: "Rural bank",
        borrowerName: "Green Valley",
        buyerName: "Core platform",
        currency: "CNY",
        limit: "500000.00",
        drawn: "0.00",
        available: "500000.00",
        expires: "2027-08-31",
        payee: trade.lender.id,
        depositary: null,
        status: "Open",
        dayBasis: 360,
      });
    });

    it("names every fault in the terms", async () => {
      const { status, body } = await trade.lender.post<{ errors: { pointer: string }[] }>(
        "/api/v1/facilities",
        facilityTerms(trade, {
          number: "F-2",
          borrower: trade.buyer.id,
          buyer: trade.arbiter.id,
          penaltyRateBps: 1,
          depositary: trade.lender.id,
        }),
      );
      expect(status).to.equal(400);
      expect(body.errors.map(({ pointer }) => pointer)).to.have.members([
        "/borrower",
        "/buyer",
        "/depositary",
        "/penaltyRateBps",
      ]);
    });

    it("names every fault in the form, and unknown fields", async () => {
      const terms = facilityTerms(trade, {
        number: "F-3",
        limit: "-1",
        rateBps: 10_001,
        dayBasis: 364,
        tenorDays: 0,
        expires: "2027-02-30",
        sweep: 1,
      });
      const { status, body } = await trade.lender.post<{ errors: { pointer: string }[] }>(
        "/api/v1/facilities",
        terms,
      );
      expect(status).to.equal(400);
      expect(body.errors.map(({ pointer }) => pointer)).to.have.members([
        "/limit",
        "/rateBps",
        "/dayBasis",
        "/tenorDays",
        "/expires",
        "/sweep",
      ]);
    });

    it("is for lenders", async () => {
      expect(refusal(await trade.buyer.post("/api/v1/facilities", facilityTerms(trade)))).to.equal(
        "403 WrongRole",
      );
    });

    it("is seen by its sides alone", async () => {
      for (const side of [trade.lender, trade.cooperative, trade.buyer]) {
        expect((await side.get(`/api/v1/facilities/${facility}`)).status).to.equal(200);
      }
      for (const other of [trade.otherLender, trade.otherCooperative, trade.arbiter]) {
        expect(refusal(await other.get(`/api/v1/facilities/${facility}`))).to.equal("404 NotFound");
        const { items } = made(await other.get<{ items: unknown[] }>("/api/v1/facilities"));
        expect(items).to.deep.equal([]);
      }
    });
  });

  describe("drawing", () => {
    let order: string;

    before(async () => {
      order = await storyOrder(trade, "PO-DRAW");
    });

    it("beyond the base says how much room there is", async () => {
      const { status, body } = await draw(order, "78000.01", 0);
      expect([status, body["code"], body["values"]]).to.deep.equal([
        422,
        "BorrowingBaseExceeded",
        { asked: "78000.01", room: "78000.00" },
      ]);
    });

    it("at a revision that has passed says which one it is now", async () => {
      made(await draw(order, "1000.00", 0));
      const { status, body } = await draw(order, "1000.00", 0);
      expect([status, body["code"], body["values"]]).to.deep.equal([
        409,
        "StaleState",
        { expected: "0", actual: "1" },
      ]);
      expect(made(await trade.lender.get(`/api/v1/loans/${order}`))["principal"]).to.equal(
        "1000.00",
      );
    });

    it("twice with one key moves the money once", async () => {
      const path = `/api/v1/facilities/${facility}/drawdowns`;
      const body = { order, amount: "500.00", revision: 1 };
      const key = { "idempotency-key": "draw-once" };
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => trade.cooperative.post(path, body, key)),
      );
      expect(answers.map(({ status }) => status)).to.deep.equal([201, 201, 201, 201, 201]);
      expect(answers.map(({ body: loan }) => loan["principal"])).to.deep.equal(
        Array.from({ length: 5 }, () => "1500.00"),
      );
      expect(made(await trade.cooperative.get(`/api/v1/loans/${order}`))["revision"]).to.equal(2);
    });

    it("is for the borrower, on its own orders, with amounts of the currency", async () => {
      const path = `/api/v1/facilities/${facility}/drawdowns`;
      const body = { order, amount: "1.00", revision: 2 };
      expect(refusal(await trade.lender.post(path, body))).to.equal("403 WrongRole");
      expect(refusal(await trade.otherCooperative.post(path, body))).to.equal("404 NotFound");
      expect(refusal(await draw(nowhere, "1.00", 0))).to.equal("404 NotFound");
      expect(refusal(await draw(order, "1.001", 2))).to.equal("400 BadInput");
      expect(refusal(await draw(order, "0.00", 2))).to.equal("422 ZeroAmount");
      const huge = (2n ** 256n).toString();
      expect(refusal(await draw(order, huge, 2))).to.equal("400 BadInput");
    });

    it("stops while the facility is suspended, and the quote says so", async () => {
      const path = `/api/v1/facilities/${facility}`;
      expect(refusal(await trade.otherLender.post(`${path}/suspension`))).to.equal("404 NotFound");
      const suspended = made(await trade.lender.post(`${path}/suspension`));
      expect(suspended["status"]).to.equal("Suspended");
      expect(refusal(await trade.lender.post(`${path}/suspension`))).to.equal(
        "422 FacilitySuspended",
      );
      expect(refusal(await draw(order, "1.00", 2))).to.equal("422 FacilitySuspended");
      const { roots, totalAvailable } = made(
        await trade.cooperative.get<{ roots: object[]; totalAvailable: string }>(`${path}/quote`),
      );
      expect(roots).to.have.length(1);
      expect(roots[0]).to.include({ order, refusal: "FacilitySuspended", available: "0.00" });
      expect(totalAvailable).to.equal("0.00");
      made(await trade.lender.post(`${path}/resumption`));
    });

    it("waits for the lender's funds", async () => {
      const poor = String(
        made(
          await trade.otherLender.post(
            "/api/v1/facilities",
            facilityTerms(trade, { limit: "600000.00" }),
          ),
        )["id"],
      );
      const big = await storyOrder(trade, "PO-BIG", { quantity: "200000.000" });
      const answer = await drawDown(trade, poor, big, "500000.01");
      expect(refusal(answer)).to.equal("422 LenderFundsUnavailable");
    });

    it("on a root that another lender's loan is on is refused, and shows nothing of that loan", async () => {
      const { items } = made(
        await trade.otherLender.get<{ items: { id: string }[] }>("/api/v1/facilities"),
      );
      const theirs = items[0]!.id;
      expect(refusal(await drawDown(trade, theirs, order, "1.00"))).to.equal("422 Encumbered");
      const { roots } = made(
        await trade.otherLender.get<{ roots: object[] }>(
          `/api/v1/facilities/${theirs}/quote?order=${order}`,
        ),
      );
      expect(roots[0]).to.include({ principal: "0.00", refusal: "Encumbered" });
      expect(refusal(await trade.otherLender.get(`/api/v1/loans/${order}`))).to.equal(
        "404 NotFound",
      );
      const claim = made(await trade.otherLender.get(`/api/v1/orders/${order}`));
      expect(claim["loan"]).to.equal(null);
      expect(claim["lien"]).to.include({ encumbered: true, by: trade.lender.id });
    });
  });

  describe("the quote", () => {
    it("costs an amount until maturity, with what it comes to in a year", async () => {
      const order = await storyOrder(trade, "PO-QUOTE");
      const path = `/api/v1/facilities/${facility}/quote?order=${order}&amount=78000`;
      const { cost } = made(await trade.cooperative.get<{ cost: object }>(path));
      expect(cost).to.deep.equal({
        amount: "78000.00",
        order,
        refusal: null,
        maturityDate: "2026-11-30",
        days: 90,
        interest: "881.40",
        toRepay: "78881.40",
        allInYearlyRateBps: "458.28",
        rounding: "half up to two places; simple interest, year of 365 days",
      });
      const more = made(await trade.cooperative.get<{ cost: object }>(`${path}.01`));
      expect(more.cost).to.include({ refusal: "BorrowingBaseExceeded" });
    });

    it("is for lender and borrower, and answers bad questions", async () => {
      const path = `/api/v1/facilities/${facility}/quote`;
      expect(refusal(await trade.buyer.get(path))).to.equal("404 NotFound");
      expect(refusal(await trade.lender.get(`${path}?amount=0`))).to.equal("400 BadInput");
      expect(refusal(await trade.lender.get(`${path}?amount=1.001`))).to.equal("400 BadInput");
      expect(refusal(await trade.lender.get(`${path}?order=${nowhere}`))).to.equal("404 NotFound");
      expect(refusal(await trade.lender.get(`${path}?asOf=yesterday`))).to.equal("400 BadInput");
      expect(refusal(await trade.lender.get(`${path}?asOf=2026-08-01T00:00:00Z`))).to.equal(
        "400 BadInput",
      );
      expect(refusal(await trade.lender.get(`${path}?revision=1`))).to.equal("400 BadInput");
    });
  });

  describe("repaying", () => {
    let order: string;
    const repay = (amount: string, revision: number, by = trade.cooperative) =>
      by.post(`/api/v1/loans/${order}/repayments`, { amount, revision });

    before(async () => {
      order = await storyOrder(trade, "PO-REPAY");
      await trade.at("2026-09-02T10:00:00");
      made(await draw(order, "70000.00", 0));
      await trade.at("2026-09-20T10:00:00");
    });

    it("takes interest first, then principal", async () => {
      const { status, body } = await repay("1158.20", 1);
      expect(status).to.equal(201);
      expect(body).to.include({ taken: "1158.20", interest: "158.20", principal: "1000.00" });
      expect(body["loan"]).to.include({ principal: "69000.00", interestDue: "0.00", revision: 2 });
    });

    it("the same again is refused: the state has changed", async () => {
      const { status, body } = await repay("1158.20", 1);
      expect([status, body["values"]]).to.deep.equal([409, { expected: "1", actual: "2" }]);
    });

    it("without the money is refused", async () => {
      expect(refusal(await repay("1.00", 2, trade.arbiter))).to.equal("422 PayerFundsUnavailable");
    });

    it("takes no more than is due, ends the loan and lifts the lien; the next one is a new one", async () => {
      const { body } = await repay("100000.00", 2, trade.buyer);
      expect(body).to.include({ taken: "69000.00", interest: "0.00", principal: "69000.00" });
      expect(body["loan"]).to.include({ status: "Repaid", facility, maturityDate: "2026-12-01" });
      expect(refusal(await repay("1.00", 3))).to.equal("422 NoLoan");
      expect(made(await trade.anyone.get(`/api/v1/liens/${order}`))["encumbered"]).to.equal(false);
      made(await drawDown(trade, facility, order, "10.00"));
      const loan = made(await trade.lender.get(`/api/v1/loans/${order}`));
      expect(loan).to.include({
        status: "Active",
        since: "2026-09-20",
        maturityDate: "2026-12-19",
      });
      const path = `/api/v1/loans/${order}/statement?from=2026-09-01`;
      const { lines } = made(
        await trade.lender.get<{ lines: { date: string; loan: number }[] }>(path),
      );
      const onDay = lines
        .filter(({ date }) => date === "2026-09-20")
        .map(({ loan: which }) => which);
      expect(onDay).to.deep.equal([1, 2]);
    });
  });

  describe("lists", () => {
    it("of loans filter by status and lender, page by page, and come as CSV", async () => {
      const { items, next } = made(
        await trade.cooperative.get<{ items: { root: string }[]; next: string }>(
          "/api/v1/loans?limit=1",
        ),
      );
      expect(items).to.have.length(1);
      const rest = made(
        await trade.cooperative.get<{ items: { root: string }[]; next: null }>(
          `/api/v1/loans?after=${next}`,
        ),
      );
      expect(rest.items.map(({ root }) => root)).not.to.include(items[0]!.root);
      expect(rest.next).to.equal(null);
      const none = await trade.cooperative.get<{ items: object[] }>(
        "/api/v1/loans?status=Defaulted",
      );
      expect(made(none).items).to.deep.equal([]);
      const csv = await trade.lender.send<string>("GET", "/api/v1/loans?limit=1", undefined, {
        accept: "text/csv",
      });
      expect(csv.headers.get("content-type")).to.equal("text/csv; charset=utf-8");
      expect(csv.headers.get("link")).to.match(
        /^<\/api\/v1\/loans\?limit=1&after=.+>; rel="next"$/,
      );
      const [head, first] = csv.body.split("\r\n");
      expect(head).to.match(/^root,number,line,facility,status,/);
      expect(first).to.match(/^0x[0-9a-f]{64},PO-/);
    });

    it("are empty for who has no part in it", async () => {
      const { items } = made(await trade.otherLender.get<{ items: object[] }>("/api/v1/loans"));
      expect(items).to.deep.equal([]);
    });
  });

  describe("past maturity", () => {
    it("the lender, after the grace, declares default, which stops the whole facility", async () => {
      const order = await storyOrder(trade, "PO-LATE", { deliverBy: "2027-06-30" });
      const other = await storyOrder(trade, "PO-LATER", { deliverBy: "2027-06-30" });
      await trade.at("2026-10-01T10:00:00");
      made(await drawDown(trade, facility, order, "1000.00"));
      await trade.at("2027-01-04T10:00:00");
      const early = await trade.lender.post(`/api/v1/loans/${order}/default`);
      expect([refusal(early), early.body["values"]]).to.deep.equal([
        "422 NotInDefault",
        { from: "2027-01-05", today: "2027-01-04" },
      ]);
      expect(refusal(await drawDown(trade, facility, order, "1.00"))).to.equal(
        "422 LoanPastMaturity",
      );
      await trade.at("2027-01-05T10:00:00");
      expect(refusal(await trade.buyer.post(`/api/v1/loans/${order}/default`))).to.equal(
        "403 WrongRole",
      );
      const loan = made(await trade.lender.post(`/api/v1/loans/${order}/default`));
      expect(loan).to.include({ status: "Defaulted", defaultedOn: "2027-01-05", daysPastDue: 6 });
      expect(refusal(await drawDown(trade, facility, other, "1.00"))).to.equal(
        "422 FacilityInDefault",
      );
      const receivable = await delivered(trade, order, 1, "1000.000");
      expect(receivable).to.match(/^0x/);
    });
  });
});
