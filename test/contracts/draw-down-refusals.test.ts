import { expect } from "chai";
import { DepositCurrency__factory } from "../../typechain-types/index.ts";
import { civilDay, load, onDay } from "../support/chain.ts";
import { expectRefusal } from "../support/refusals.ts";
import {
  acceptedOrder,
  deliver,
  drawn,
  financedOrder,
  makeOrder,
  openFacility,
  type AcceptedOrder,
} from "../support/scenes.ts";
import { roles } from "../support/sheaf.ts";
import { ownAccount, orderTerms, text } from "../support/terms.ts";

describe("Drawing down is refused", () => {
  let scene: AcceptedOrder;

  beforeEach(async () => {
    scene = await load(acceptedOrder);
  });

  it("to another cooperative, before StaleState: NotPermitted", async () => {
    const { otherCooperative, facility, order } = scene;
    const call = otherCooperative.facilities.drawDown(facility, order, 1n, 9n, ownAccount);
    await expectRefusal(call, "NotPermitted", otherCooperative.address);
  });

  it("under a facility that does not exist: NotPermitted", async () => {
    const { cooperative, order } = scene;
    const call = cooperative.facilities.drawDown(7n, order, 1n, 0n, ownAccount);
    await expectRefusal(call, "NotPermitted", cooperative.address);
  });

  it("to a borrower that is no cooperative any more: NotPermitted, and nothing is available", async () => {
    const { admin, cooperative, contracts, facility, order } = scene;
    await admin.parties.setRoles(cooperative.address, roles.warehouse);
    const call = cooperative.facilities.drawDown(facility, order, 1n, 0n, ownAccount);
    await expectRefusal(call, "NotPermitted", cooperative.address);
    expect(await contracts.quotes.available(facility, order)).to.equal(0n);
  });

  it("a second time, or on another revision, before Paused: StaleState", async () => {
    const { admin, cooperative, facility, order } = scene;
    await cooperative.facilities.drawDown(facility, order, 1_00n, 0n, ownAccount);
    await expectRefusal(
      cooperative.facilities.drawDown(facility, order, 1_00n, 0n, ownAccount),
      "StaleState",
      0n,
      1n,
    );
    await admin.parties.setPaused(true);
    const call = cooperative.facilities.drawDown(facility, order, 1_00n, 2n, ownAccount);
    await expectRefusal(call, "StaleState", 2n, 1n);
  });

  it("while originating is paused, before PartySuspended: Paused", async () => {
    const { admin, cooperative, facility, order } = scene;
    await admin.parties.setPaused(true);
    await admin.parties.setSuspended(cooperative.address, true);
    await expectRefusal(
      cooperative.facilities.drawDown(facility, order, 1n, 0n, ownAccount),
      "Paused",
    );
  });

  for (const party of ["cooperative", "lender"] as const)
    it(`while the ${party} is suspended, as the quotes say, before FacilitySuspended: PartySuspended`, async () => {
      const { admin, cooperative, lender, facility, order } = scene;
      await lender.facilities.suspend(facility);
      await admin.parties.setSuspended(scene[party].address, true);
      const call = cooperative.facilities.drawDown(facility, order, 1n, 0n, ownAccount);
      await expectRefusal(call, "PartySuspended", scene[party].address);
      const asked = scene.contracts.quotes.headroom(facility, order);
      await expectRefusal(asked, "PartySuspended", scene[party].address);
    });

  for (const act of ["suspend", "close"] as const)
    it(`after the lender's ${act}, before FacilityExpired: FacilitySuspended`, async () => {
      const { cooperative, lender, facility, order } = scene;
      await lender.facilities[act](facility);
      await onDay(361);
      const call = cooperative.facilities.drawDown(facility, order, 1n, 0n, ownAccount);
      await expectRefusal(call, "FacilitySuspended", facility);
    });

  it("after the facility's last day, before WrongOrder: FacilityExpired", async () => {
    const { cooperative, facility } = scene;
    await onDay(361);
    const call = cooperative.facilities.drawDown(facility, 7n, 1n, 0n, ownAccount);
    await expectRefusal(call, "FacilityExpired", civilDay(360), civilDay(361));
  });

  describe("for an order that the facility is not for: WrongOrder", () => {
    it("one that does not exist", async () => {
      const { cooperative, facility } = scene;
      await expectRefusal(
        cooperative.facilities.drawDown(facility, 7n, 1n, 0n, ownAccount),
        "WrongOrder",
        7n,
      );
    });

    it("one that the seller has not accepted", async () => {
      const { buyer, cooperative, contracts, facility } = scene;
      await buyer.orders.issue(orderTerms(scene, { line: 2n }));
      const issued = await contracts.orders.orderId(buyer.address, text("PO-2026-1"), 2);
      const call = cooperative.facilities.drawDown(facility, issued, 1n, 0n, ownAccount);
      await expectRefusal(call, "WrongOrder", issued);
    });

    it("one that is cancelled, though money is owed for it", async () => {
      const { buyer, cooperative, facility, order } = scene;
      await deliver(scene, order, 1n, 10_000_000n);
      await buyer.orders.cancel(order);
      await cooperative.orders.cancel(order);
      const call = cooperative.facilities.drawDown(facility, order, 1n, 0n, ownAccount);
      await expectRefusal(call, "WrongOrder", order);
    });

    it("one of another seller", async () => {
      const { otherCooperative, cooperative, facility } = scene;
      const theirs = await makeOrder(
        { ...scene, cooperative: otherCooperative },
        { line: 2n, seller: otherCooperative.address },
      );
      const call = cooperative.facilities.drawDown(facility, theirs, 1n, 0n, ownAccount);
      await expectRefusal(call, "WrongOrder", theirs);
    });

    it("one of another buyer, before Encumbered", async () => {
      const { otherBuyer, cooperative, facility, order } = scene;
      const foreign = await openFacility(scene, {
        number: text("F-2"),
        buyer: otherBuyer.address,
      });
      await cooperative.facilities.drawDown(facility, order, 1_00n, 0n, ownAccount);
      const call = cooperative.facilities.drawDown(foreign, order, 1n, 1n, ownAccount);
      await expectRefusal(call, "WrongOrder", order);
    });

    it("one in another currency", async () => {
      const { admin, cooperative, contracts, facility } = scene;
      const euro = await new DepositCurrency__factory(admin.signer).deploy(
        "Deposit euro",
        "EUR",
        scene.addresses.administration,
      );
      await admin.currencies.approveCurrency(euro);
      const order = await makeOrder(scene, { line: 2n, currency: await euro.getAddress() });
      expect((await contracts.orders.orderById(order)).currency).to.equal(2n);
      const call = cooperative.facilities.drawDown(facility, order, 1n, 0n, ownAccount);
      await expectRefusal(call, "WrongOrder", order);
    });
  });

  describe("once money was lent", () => {
    let rival: bigint;
    let second: bigint;

    beforeEach(async () => {
      ({ rival, second, ...scene } = await load(twoLoans));
    });

    /** Both orders under a loan of the same facility, with another lender's facility beside it. */
    async function twoLoans(): Promise<
      AcceptedOrder & { readonly rival: bigint; readonly second: bigint }
    > {
      const financed = await financedOrder();
      const { cooperative, facility, otherLender } = financed;
      const sibling = await makeOrder(financed, { line: 2n });
      await cooperative.facilities.drawDown(facility, sibling, drawn, 0n, ownAccount);
      const terms = { number: text("F-RIVAL"), payee: otherLender.address };
      return {
        ...financed,
        second: sibling,
        rival: await openFacility(financed, terms, otherLender),
      };
    }

    it("by another facility, before LoanInDefault: Encumbered", async () => {
      const { cooperative, lender, order } = scene;
      await onDay(96);
      await lender.facilities.declareDefault(order);
      const call = cooperative.facilities.drawDown(rival, order, 1n, 2n, ownAccount);
      await expectRefusal(call, "Encumbered", order);
    });

    it("and the loan is in default, before FacilityInDefault: LoanInDefault", async () => {
      const { cooperative, lender, facility, order } = scene;
      await onDay(96);
      await lender.facilities.declareDefault(order);
      const call = cooperative.facilities.drawDown(facility, order, 1n, 2n, ownAccount);
      await expectRefusal(call, "LoanInDefault", order);
    });

    it("and another root is in default, before LoanPastMaturity: FacilityInDefault", async () => {
      const { cooperative, lender, facility, order } = scene;
      await onDay(96);
      await lender.facilities.declareDefault(order);
      const call = cooperative.facilities.drawDown(facility, second, 1n, 1n, ownAccount);
      await expectRefusal(call, "FacilityInDefault", facility);
    });

    it("and the loan is past maturity, before DebtorOverdue: LoanPastMaturity", async () => {
      const { buyer, cooperative, stranger, addresses, facility, order } = scene;
      await deliver(scene, order, 1n, 1_000_000n);
      await buyer.deposits.approve(addresses.receivables, 0n);
      await onDay(91);
      await stranger.receivables.collect(order, 1);
      const call = cooperative.facilities.drawDown(facility, order, 1n, 1n, ownAccount);
      await expectRefusal(call, "LoanPastMaturity", civilDay(90), civilDay(91));
    });

    it("and the buyer is overdue on this root, before ZeroAmount: DebtorOverdue", async () => {
      const { buyer, cooperative, stranger, addresses, facility, order } = scene;
      await deliver(scene, order, 1n, 1_000_000n);
      await buyer.deposits.approve(addresses.receivables, 0n);
      await onDay(30);
      await stranger.receivables.collect(order, 1);
      const call = cooperative.facilities.drawDown(facility, order, 0n, 1n, ownAccount);
      await expectRefusal(call, "DebtorOverdue", order);
      await cooperative.facilities.drawDown(facility, second, 1n, 1n, ownAccount);
    });

    it("beyond what the limit leaves over all roots: FacilityLimitExceeded", async () => {
      const { cooperative, lender, facility, order } = scene;
      await lender.facilities.lowerLimit(facility, 110_000_00n);
      await expectRefusal(
        cooperative.facilities.drawDown(facility, order, 10_000_01n, 1n, ownAccount),
        "FacilityLimitExceeded",
        10_000_01n,
        10_000_00n,
      );
      await cooperative.facilities.drawDown(facility, second, 10_000_00n, 1n, ownAccount);
    });
  });

  it("for nothing: ZeroAmount", async () => {
    const { cooperative, facility, order } = scene;
    await expectRefusal(
      cooperative.facilities.drawDown(facility, order, 0n, 0n, ownAccount),
      "ZeroAmount",
    );
  });

  it("beyond the limit, before BorrowingBaseExceeded: FacilityLimitExceeded", async () => {
    const { cooperative, facility, order } = scene;
    const call = cooperative.facilities.drawDown(facility, order, 500_000_01n, 0n, ownAccount);
    await expectRefusal(call, "FacilityLimitExceeded", 500_000_01n, 500_000_00n);
  });

  it("beyond the base, before the lender's funds: BorrowingBaseExceeded", async () => {
    const { cooperative, lender, addresses, facility, order } = scene;
    await lender.deposits.approve(addresses.facilities, 0n);
    const call = cooperative.facilities.drawDown(facility, order, 78_000_01n, 0n, ownAccount);
    await expectRefusal(call, "BorrowingBaseExceeded", 78_000_01n, 78_000_00n);
  });

  it("without the lender's approval, by the currency", async () => {
    const { cooperative, lender, addresses, facility, order } = scene;
    await lender.deposits.approve(addresses.facilities, 1n);
    const call = cooperative.facilities.drawDown(facility, order, drawn, 0n, ownAccount);
    await expectRefusal(call, "ERC20InsufficientAllowance", addresses.facilities, 1n, drawn);
  });

  it("without the lender's money, by the currency, and no lien stays behind", async () => {
    const { cooperative, lender, admin, contracts, facility, order } = scene;
    const balance = await contracts.deposits.balanceOf(lender.address);
    await lender.deposits.transfer(admin.address, balance);
    const call = cooperative.facilities.drawDown(facility, order, drawn, 0n, ownAccount);
    await expectRefusal(call, "ERC20InsufficientBalance", lender.address, 0n, drawn);
    expect(await contracts.liens.isEncumbered(order)).to.equal(false);
  });

  it("and then nothing is available", async () => {
    const { admin, cooperative, lender, contracts, facility, order } = scene;
    const available = (): Promise<bigint> => contracts.quotes.available(facility, order);
    expect(await available()).to.equal(78_000_00n);
    await admin.parties.setPaused(true);
    expect(await available()).to.equal(0n);
    await admin.parties.setPaused(false);
    await admin.parties.setSuspended(cooperative.address, true);
    expect(await available()).to.equal(0n);
    await admin.parties.setSuspended(cooperative.address, false);
    await lender.facilities.suspend(facility);
    expect(await available()).to.equal(0n);
    await lender.facilities.resume(facility);
    expect(await contracts.quotes.available(facility, 7n)).to.equal(0n);
    expect(await available()).to.equal(78_000_00n);
  });
});
