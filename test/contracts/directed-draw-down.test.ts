import { expect } from "chai";
import { getAddress } from "ethers";
import { ethers, load, onDay } from "../support/chain.ts";
import { expectRefusal } from "../support/refusals.ts";
import { acceptedOrder, drawn, openFacility, type AcceptedOrder } from "../support/scenes.ts";
import { facilityTerms, ownAccount, text } from "../support/terms.ts";

/** The accounts of two suppliers, who are no parties. */
const seedShop = getAddress(`0x${"5e".repeat(20)}`);
const mill = getAddress(`0x${"a1".repeat(20)}`);

async function directedFacility(): Promise<AcceptedOrder> {
  const scene = await acceptedOrder();
  const changes = { number: text("F-DIRECT"), approvedPayees: [seedShop, mill] };
  return { ...scene, facility: await openFacility(scene, changes) };
}

describe("A drawdown to an approved payee", () => {
  let scene: AcceptedOrder;

  beforeEach(async () => {
    scene = await load(directedFacility);
  });

  it("pays the lender's money straight to the supplier; the cooperative owes it", async () => {
    const { cooperative, lender, contracts, facility, order } = scene;
    const call = cooperative.facilities.drawDown(facility, order, drawn, 0n, seedShop);
    await expect(call).to.changeTokenBalances(
      ethers,
      contracts.deposits,
      [lender.address, cooperative.address, seedShop],
      [-drawn, 0n, drawn],
    );
    await expect(call)
      .to.emit(contracts.facilities, "DrawnDown")
      .withArgs(facility, order, cooperative.address, drawn, seedShop, drawn);
    const { principal, facility: by } = await contracts.liens.loanOf(order);
    expect([principal, by]).to.deep.equal([drawn, facility]);
  });

  it("adds to the same loan as one to the borrower's own account", async () => {
    const { cooperative, contracts, facility, order } = scene;
    await cooperative.facilities.drawDown(facility, order, 10_000_00n, 0n, seedShop);
    await cooperative.facilities.drawDown(facility, order, 20_000_00n, 1n, mill);
    await expect(
      cooperative.facilities.drawDown(facility, order, 5_000_00n, 2n, ownAccount),
    ).to.changeTokenBalances(ethers, contracts.deposits, [cooperative.address], [5_000_00n]);
    expect((await contracts.liens.loanOf(order)).principal).to.equal(35_000_00n);
    expect((await contracts.facilities.facilityById(facility)).drawn).to.equal(35_000_00n);
    expect(await contracts.deposits.balanceOf(seedShop)).to.equal(10_000_00n);
    expect(await contracts.deposits.balanceOf(mill)).to.equal(20_000_00n);
  });

  it("is repaid to the lender as any other", async () => {
    const { cooperative, lender, contracts, facility, order } = scene;
    await cooperative.facilities.drawDown(facility, order, drawn, 0n, seedShop);
    await onDay(30);
    // 30 days at 4.52 % of 50,000.00.
    await expect(cooperative.facilities.repay(order, 60_000_00n, 1n)).to.changeTokenBalances(
      ethers,
      contracts.deposits,
      [cooperative.address, lender.address, seedShop],
      [-50_188_33n, 50_188_33n, 0n],
    );
    expect(await contracts.liens.isEncumbered(order)).to.equal(false);
  });

  it("goes by the agreement: the lender's later payee account is no supplier's", async () => {
    const { cooperative, lender, stranger, facility, order } = scene;
    await lender.facilities.setPayee(facility, stranger.address);
    const call = cooperative.facilities.drawDown(facility, order, 1n, 0n, stranger.address);
    await expectRefusal(call, "PayeeNotApproved", stranger.address);
  });

  it("may be to the mill of one agreement, and of no other: PayeeNotApproved", async () => {
    const { cooperative, contracts, order, facility } = scene;
    const other = await openFacility(scene, { number: text("F-OTHER") });
    expect(await contracts.facilities.isApprovedPayee(facility, mill)).to.equal(true);
    expect(await contracts.facilities.isApprovedPayee(other, mill)).to.equal(false);
    const call = cooperative.facilities.drawDown(other, order, 1n, 0n, mill);
    await expectRefusal(call, "PayeeNotApproved", mill);
  });

  it("is refused to anybody else, parties and the lender too: PayeeNotApproved", async () => {
    const { cooperative, buyer, lender, stranger, facility, order } = scene;
    for (const { address } of [buyer, lender, stranger]) {
      const call = cooperative.facilities.drawDown(facility, order, 1n, 0n, address);
      await expectRefusal(call, "PayeeNotApproved", address);
    }
  });

  it("names the borrower's own account by 0 alone: PayeeNotApproved", async () => {
    const { cooperative, facility, order } = scene;
    const { address } = cooperative;
    const call = cooperative.facilities.drawDown(facility, order, 1n, 0n, address);
    await expectRefusal(call, "PayeeNotApproved", address);
  });

  it("is refused to the supplier itself, as to all but the borrower: NotPermitted", async () => {
    const { lender, otherCooperative, facility, order } = scene;
    for (const { facilities, address } of [lender, otherCooperative]) {
      const call = facilities.drawDown(facility, order, 1n, 0n, seedShop);
      await expectRefusal(call, "NotPermitted", address);
    }
  });

  it("is refused to no approved payee before StaleState and Paused: PayeeNotApproved", async () => {
    const { admin, cooperative, stranger, facility, order } = scene;
    await admin.parties.setPaused(true);
    const call = cooperative.facilities.drawDown(facility, order, 0n, 7n, stranger.address);
    await expectRefusal(call, "PayeeNotApproved", stranger.address);
    const stale = cooperative.facilities.drawDown(facility, order, 0n, 7n, seedShop);
    await expectRefusal(stale, "StaleState", 7n, 0n);
    const paused = cooperative.facilities.drawDown(facility, order, 0n, 0n, seedShop);
    await expectRefusal(paused, "Paused");
  });

  it("finds the same limits as any other: ZeroAmount, BorrowingBaseExceeded", async () => {
    const { cooperative, facility, order } = scene;
    const draw = (amount: bigint) =>
      cooperative.facilities.drawDown(facility, order, amount, 0n, seedShop);
    await expectRefusal(draw(0n), "ZeroAmount");
    await expectRefusal(draw(78_000_01n), "BorrowingBaseExceeded", 78_000_01n, 78_000_00n);
    await draw(78_000_00n);
  });

  it("happens once, whoever is paid the second time: StaleState", async () => {
    const { cooperative, facility, order } = scene;
    await cooperative.facilities.drawDown(facility, order, 1_00n, 0n, seedShop);
    for (const payee of [seedShop, mill, ownAccount]) {
      const again = cooperative.facilities.drawDown(facility, order, 1_00n, 0n, payee);
      await expectRefusal(again, "StaleState", 0n, 1n);
    }
  });
});

describe("The approved payees of a facility", () => {
  let scene: AcceptedOrder;

  beforeEach(async () => {
    scene = await load(acceptedOrder);
  });

  const accounts = (count: number): string[] =>
    Array.from({ length: count }, (_, index) => getAddress(`0x${String(index + 10).repeat(20)}`));

  it("are sixteen at most: InvalidFacilityTerm", async () => {
    const { lender } = scene;
    const terms = (count: number) =>
      facilityTerms(scene, { number: text("F-16"), approvedPayees: accounts(count) });
    const call = lender.facilities.open(terms(17));
    await expectRefusal(call, "InvalidFacilityTerm", text("approvedPayees"));
    await lender.facilities.open(terms(16));
  });

  it("are accounts that can be paid: InvalidFacilityTerm", async () => {
    const { lender, addresses, currency } = scene;
    for (const account of [ownAccount, addresses.facilities, currency]) {
      const terms = facilityTerms(scene, {
        number: text("F-LOST"),
        approvedPayees: [seedShop, account],
      });
      const call = lender.facilities.open(terms);
      await expectRefusal(call, "InvalidFacilityTerm", text("approvedPayees"));
    }
  });
});
