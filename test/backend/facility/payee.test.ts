import { expect } from "chai";
import { Wallet, ZeroAddress } from "ethers";
import { facilityTerms, openFacility, storyOrder } from "../../support/trade-acts.ts";
import { made, refusal, startTrade, type Problem, type Trade } from "../../support/trade.ts";

describe("Drawing to a supplier over HTTP", function () {
  this.timeout(60_000);
  let trade: Trade;
  let facility: string;
  let order: string;
  const suppliers = [Wallet.createRandom().address, Wallet.createRandom().address].sort();

  before(async () => {
    trade = await startTrade();
    await trade.at("2026-09-01T09:00:00");
    facility = await openFacility(trade, { approvedPayees: suppliers });
    order = await storyOrder(trade, "PO-1");
  });

  after(() => trade.close());

  const draw = (body: object) =>
    trade.cooperative.post(`/api/v1/facilities/${facility}/drawdowns`, { order, ...body });
  const open = (changes: Readonly<Record<string, unknown>>) =>
    trade.lender.post<Problem>("/api/v1/facilities", facilityTerms(trade, changes));

  it("is agreed when the facility is opened, whichever order the accounts come in", async () => {
    const seen = made(await trade.cooperative.get(`/api/v1/facilities/${facility}`));
    expect(seen["approvedPayees"]).to.deep.equal(suppliers);
    const lowerCase = suppliers.map((account) => account.toLowerCase()).reverse();
    const again = await open({ approvedPayees: [...lowerCase, lowerCase[0]] });
    expect([again.status, (again.body as { id?: string }).id]).to.deep.equal([200, facility]);
    const other = await open({ approvedPayees: suppliers.slice(1) });
    expect(refusal(other as never)).to.equal("409 AlreadyExists");
    const none = made(await open({ number: "F-NONE" })) as { approvedPayees?: string[] };
    expect(none.approvedPayees).to.deep.equal([]);
  });

  it("pays the lender's money to an approved payee, and puts the lien on the order all the same", async () => {
    const [payee] = suppliers;
    const before = await trade.cash("cooperative");
    const loan = made(await draw({ amount: "1000.00", revision: 0, payee }));
    expect(loan).to.include({ principal: "1000.00", borrower: trade.cooperative.id, revision: 1 });
    expect(await trade.cash("cooperative")).to.equal(before);
    expect(await trade.cash("lender")).to.equal("499000.00");
    const { events } = made(
      await trade.buyer.get<{ events: { kind: string; details: Record<string, unknown> }[] }>(
        `/api/v1/provenance/claims/${order}`,
      ),
    );
    const drawn = events.find(({ kind }) => kind === "DrawnDown")!;
    expect(drawn.details).to.include({ payee, amount: "1000.00", drawn: "1000.00" });
  });

  it("pays nobody else, and the borrower itself where no payee is named", async () => {
    const stranger = Wallet.createRandom().address;
    const refused = await draw({ amount: "1.00", revision: 1, payee: stranger });
    expect(refusal(refused)).to.equal("422 PayeeNotApproved");
    expect(refused.body["values"]).to.deep.equal({ payee: stranger });
    const nobody = await draw({ amount: "1.00", revision: 1, payee: ZeroAddress });
    expect(refusal(nobody)).to.equal("400 BadInput");
    const wide = await draw({ amount: "1.00", revision: 2 ** 24 });
    expect(refusal(wide)).to.equal("400 BadInput");
    made(await draw({ amount: "2.50", revision: 1 }));
    expect(await trade.cash("cooperative")).to.equal("2.50");
  });

  it("takes at most sixteen accounts, each of them somebody's", async () => {
    const many = Array.from({ length: 17 }, () => Wallet.createRandom().address);
    const faults = [many, "0x12", ["0x12"], [ZeroAddress], [{ toString: 1 }], [null]];
    for (const approvedPayees of faults) {
      const { status, body } = await open({ number: "F-BAD", approvedPayees });
      expect([status, body.errors?.[0]?.pointer], JSON.stringify(approvedPayees)).to.deep.equal([
        400,
        "/approvedPayees",
      ]);
    }
    made(await open({ number: "F-16", approvedPayees: many.slice(1) }));
    const { Facilities } = trade.chain.deployment.contracts;
    const ours = await open({ number: "F-BAD", approvedPayees: [Facilities] });
    expect(refusal(ours as never)).to.equal("422 InvalidFacilityTerm");
  });

  it("has a limit below 2^56 minor units", async () => {
    const tooMuch = await open({ number: "F-WIDE", limit: "720575940379279.36" });
    expect([tooMuch.status, tooMuch.body.errors]).to.deep.equal([
      400,
      [{ pointer: "/limit", detail: "must not be more than 720575940379279.35" }],
    ]);
    const most = made(await open({ number: "F-WIDE", limit: "720575940379279.35" }));
    expect(most).to.include({ limit: "720575940379279.35" });
  });
});
