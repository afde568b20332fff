import { expect } from "chai";
import { load } from "../support/chain.ts";
import { originatingActs } from "../support/originating.ts";
import { expectRefusal } from "../support/refusals.ts";
import { originates } from "../support/role-table/row.ts";
import { stages, type Stage } from "../support/role-table/stage.ts";
import { table } from "../support/role-table/table.ts";

describe("While originating is paused", () => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await load(stages.trade);
    await stage.admin.parties.setPaused(true);
  });

  for (const [name, act] of Object.entries(originatingActs))
    it(`${name} is refused: Paused, and goes on once the pause is lifted`, async () => {
      await expectRefusal(act(stage), "Paused");
      await stage.admin.parties.setPaused(false);
      await act(stage);
    });

  it("these are all the acts that originate, as the role table says", () => {
    const originating = table.filter(({ standing }) => standing === originates);
    expect(originating.map(({ call }) => call).sort()).to.deep.equal([
      "facilities.drawDown",
      "facilities.open",
      "orders.accept",
      "orders.issue",
      "orders.issueAccepted",
      "orders.issueMany",
      "receipts.issue",
      "receivables.assign",
    ]);
    expect(originating.length).to.equal(Object.keys(originatingActs).length);
  });

  it("a suspended party hears of the pause first: Paused, before PartySuspended", async () => {
    const { admin, cooperative, lender } = stage;
    for (const { address } of [cooperative, lender])
      await admin.parties.setSuspended(address, true);
    await expectRefusal(originatingActs["drawing down"]!(stage), "Paused");
    await admin.parties.setPaused(false);
    const draw = originatingActs["drawing down"]!(stage);
    await expectRefusal(draw, "PartySuspended", cooperative.address);
  });

  it("nothing can be drawn, as the quotes say: Paused", async () => {
    const { contracts, facility, order } = stage;
    await expectRefusal(contracts.quotes.headroom(facility, order), "Paused");
    expect(await contracts.quotes.available(facility, order)).to.equal(0n);
    await stage.admin.parties.setPaused(false);
    expect((await contracts.quotes.available(facility, order)) > 0n).to.equal(true);
  });

  it("pausing again changes nothing", async () => {
    const { admin, contracts } = stage;
    await admin.parties.setPaused(true);
    expect(await contracts.parties.paused()).to.equal(true);
  });
});

describe("While administration itself stands still", () => {
  it("the trade goes on: closed to its offices, no contract is closed to its parties", async () => {
    const stage = await load(stages.trade);
    const { admin, buyer, cooperative, addresses, contracts, order, free } = stage;
    const { parties, currencies, receipts, facilities, deposits } = addresses;
    for (const target of [parties, currencies, receipts, facilities, deposits])
      await admin.administration.setTargetClosed(target, true);
    const refused = admin.parties.setPaused(true);
    await expectRefusal(refused, "AccessManagedUnauthorized", admin.address);
    const { "issuing many orders": _, ...acts } = originatingActs;
    for (const act of Object.values(acts)) await act(stage);
    await buyer.receivables.pay(order, 1n, 1_00n, 65_000_00n);
    await cooperative.facilities.repay(order, 1_00n, await contracts.liens.revisionOf(order));
    await cooperative.receipts.withdraw(free, 1_000n);
  });
});
