import { expect } from "chai";
import { civilDay, ethers, load, onDay, readOnDay } from "../support/chain.ts";
import {
  acceptedOrder,
  deliver,
  drawn,
  makeOrder,
  openFacility,
  store,
  type AcceptedOrder,
} from "../support/scenes.ts";
import { ownAccount, text } from "../support/terms.ts";

describe("Drawing down", () => {
  let scene: AcceptedOrder;

  beforeEach(async () => {
    scene = await load(acceptedOrder);
  });

  it("pays the lender's money to the borrower and puts the lien on the root", async () => {
    const { cooperative, lender, contracts, facility, order } = scene;
    const call = cooperative.facilities.drawDown(facility, order, drawn, 0n, ownAccount);
    await expect(call).to.changeTokenBalances(
      ethers,
      contracts.deposits,
      [lender.address, cooperative.address],
      [-drawn, drawn],
    );
    await expect(call)
      .to.emit(contracts.facilities, "DrawnDown")
      .withArgs(facility, order, cooperative.address, drawn, cooperative.address, drawn);
    await expect(call)
      .to.emit(contracts.liens, "LienPlaced")
      .withArgs(order, facility, scene.lender.address);
    expect(await contracts.liens.isEncumbered(order)).to.equal(true);
    const loan = await contracts.liens.loanOf(order);
    const { accruedDay, maturityDay, sinceDay } = loan;
    expect([loan.principal, loan.numerator, loan.facility, loan.revision]).to.deep.equal([
      drawn,
      0n,
      facility,
      1n,
    ]);
    expect([accruedDay, sinceDay, maturityDay]).to.deep.equal([
      civilDay(0),
      civilDay(0),
      civilDay(90),
    ]);
    expect((await contracts.facilities.facilityById(facility)).drawn).to.equal(drawn);
  });

  it("pays the borrower's payout account", async () => {
    const { cooperative, warehouse, contracts, facility, order } = scene;
    await cooperative.parties.setPayoutAccount(warehouse.address);
    await expect(
      cooperative.facilities.drawDown(facility, order, drawn, 0n, ownAccount),
    ).to.changeTokenBalances(
      ethers,
      contracts.deposits,
      [cooperative.address, warehouse.address],
      [0n, drawn],
    );
  });

  it("again adds to the same loan, and leaves its maturity", async () => {
    const { cooperative, contracts, facility, order } = scene;
    await cooperative.facilities.drawDown(facility, order, drawn, 0n, ownAccount);
    await onDay(10);
    await expect(
      cooperative.facilities.drawDown(facility, order, 10_000_00n, 1n, ownAccount),
    ).not.to.emit(contracts.liens, "LienPlaced");
    const loan = await contracts.liens.loanOf(order);
    expect([loan.principal, loan.maturityDay, loan.sinceDay, loan.revision]).to.deep.equal([
      60_000_00n,
      civilDay(90),
      civilDay(0),
      2n,
    ]);
    // The interest of the first ten days is exact, and rounded only when it is asked for.
    expect(loan.numerator).to.equal(drawn * 452n * 10n);
  });

  it("takes the base to the last minor unit", async () => {
    const { cooperative, contracts, facility, order } = scene;
    expect(await contracts.quotes.available(facility, order)).to.equal(78_000_00n);
    await cooperative.facilities.drawDown(facility, order, 78_000_00n, 0n, ownAccount);
    expect(await contracts.quotes.available(facility, order)).to.equal(0n);
  });

  it("is allowed for a fulfilled order, on what is owed", async () => {
    const { cooperative, facility, order } = scene;
    await deliver(scene, order, 1n, 20_000_000n);
    await cooperative.facilities.drawDown(facility, order, 110_500_00n, 0n, ownAccount);
  });

  it("is allowed for a lapsed order, on what is owed", async () => {
    const { buyer, cooperative, facility, order } = scene;
    await deliver(scene, order, 1n, 10_000_000n);
    await onDay(91);
    await buyer.orders.lapse(order);
    await cooperative.facilities.drawDown(facility, order, 55_250_00n, 0n, ownAccount);
  });

  it("is allowed on the last day of the facility and on the maturity day", async () => {
    const { cooperative, order } = scene;
    const short = await openFacility(scene, {
      number: text("F-SHORT"),
      tenorDays: 20n,
      expiresDay: civilDay(20),
    });
    await cooperative.facilities.drawDown(short, order, 1_00n, 0n, ownAccount);
    await onDay(20);
    await cooperative.facilities.drawDown(short, order, 1_00n, 1n, ownAccount);
  });

  it("counts no more in store than may still be delivered from it", async () => {
    const { contracts, facility, order } = scene;
    await deliver(scene, order, 1n, 15_000_000n);
    await store(scene, order);
    // 5,000.000 kg are left, all of them in store: 70 % of 32,500.00, and 85 % of 97,500.00.
    expect(await contracts.quotes.borrowingBase(facility, order)).to.equal(22_750_00n + 82_875_00n);
  });

  it("rounds the value half up and each advance down", async () => {
    const { contracts, facility } = scene;
    const order = await makeOrder(scene, { line: 2n, quantity: 3_000n, unitPrice: 33_350n });
    // 3 × 3.335 = 10.005, half up 10.01; 60 % are 6.006, down to 6.00.
    expect(await contracts.quotes.borrowingBase(facility, order)).to.equal(6_00n);
  });

  it("has no base in what is undelivered once deliverBy has passed", async () => {
    const { contracts, facility, order } = scene;
    await readOnDay(60);
    expect(await contracts.quotes.borrowingBase(facility, order)).to.equal(78_000_00n);
    await readOnDay(61);
    expect(await contracts.quotes.borrowingBase(facility, order)).to.equal(0n);
  });

  it("after a repaid loan starts a new one, and places the lien anew", async () => {
    const { cooperative, contracts, facility, order } = scene;
    await cooperative.facilities.drawDown(facility, order, drawn, 0n, ownAccount);
    await cooperative.facilities.repay(order, drawn, 1n);
    await onDay(10);
    await expect(cooperative.facilities.drawDown(facility, order, drawn, 2n, ownAccount)).to.emit(
      contracts.liens,
      "LienPlaced",
    );
    const loan = await contracts.liens.loanOf(order);
    expect([loan.sinceDay, loan.maturityDay, loan.revision]).to.deep.equal([
      civilDay(10),
      civilDay(100),
      3n,
    ]);
  });

  it("is what makes a debt: before it nothing bears interest, and nothing has to be carried", async () => {
    const { contracts, order } = scene;
    await readOnDay(30);
    expect(await contracts.quotes.interestDue(order)).to.equal(0n);
    expect(await contracts.facilities.carriesWithout(order, 0n)).to.equal(true);
  });
});
