import { expect } from "chai";
import { valueHalfUp } from "../../../backend/src/math/amounts.ts";
import {
  available,
  borrowingBase,
  drawdownRefusal,
  type DrawdownState,
} from "../../../backend/src/math/borrowing-base.ts";
import { dateOf, dayOf, dayOfDate, startOfDay } from "../../../backend/src/math/calendar.ts";
import { accrue, afterPayment, interestDue } from "../../../backend/src/math/interest.ts";
import { interestFirst, toLender } from "../../../backend/src/math/waterfall.ts";

const east8 = 8 * 3600;
const at = (text: string): number => Date.parse(text) / 1000;

describe("The rules, computed off chain", () => {
  it("rounds the value of goods half up to the minor unit", () => {
    expect(valueHalfUp(20_000_000n, 65_000n)).to.equal(13_000_000n);
    expect(valueHalfUp(1n, 49_999n)).to.equal(0n);
    expect(valueHalfUp(1n, 50_000n)).to.equal(1n);
  });

  it("begins a civil day at the deployment's midnight", () => {
    const day = dayOfDate("2026-09-02") ?? 0;
    expect(dayOf(at("2026-09-01T23:59:59+08:00"), east8)).to.equal(day - 1);
    expect(dayOf(at("2026-09-02T00:00:00+08:00"), east8)).to.equal(day);
    expect(startOfDay(day, east8)).to.equal(at("2026-09-02T00:00:00+08:00"));
    expect(dateOf(day)).to.equal("2026-09-02");
    expect(dayOfDate("2026-02-30")).to.equal(undefined);
  });

  it("owes 176.28 on 78,000.00 at 4.52 % after 18 days of a 360-day year", () => {
    const terms = { rateBps: 452, penaltyRateBps: 678, maturityDay: 90 };
    expect(interestDue(accrue(0n, 7_800_000n, 0, 18, terms), 360)).to.equal(17_628n);
  });

  it("bears the penalty rate from the day after maturity on", () => {
    const terms = { rateBps: 452, penaltyRateBps: 678, maturityDay: 90 };
    const whole = accrue(0n, 1_000_000n, 0, 93, terms);
    const onTheDay = accrue(0n, 1_000_000n, 0, 90, terms);
    expect(onTheDay).to.equal(1_000_000n * 90n * 452n);
    expect(whole).to.equal(1_000_000n * (90n * 452n + 3n * 678n));
    expect(accrue(onTheDay, 1_000_000n, 90, 93, terms)).to.equal(whole);
  });

  it("keeps what a payment overshoots by rounding, and owes nothing for it", () => {
    const numerator = 2n * 360n * 10_000n - 1n;
    const due = interestDue(numerator, 360);
    expect(due).to.equal(2n);
    expect(afterPayment(numerator, due, 360)).to.equal(-1n);
    expect(interestDue(-1n, 360)).to.equal(0n);
  });

  const rates = { orderAdvanceBps: 6000, storedAdvanceBps: 7000, acceptedAdvanceBps: 8500 };
  const order = {
    isAccepted: true,
    quantity: 20_000_000n,
    unitPrice: 65_000n,
    deliverBy: at("2026-10-31T23:59:59+08:00"),
    accepted: 0n,
    pending: 0n,
    stored: 0n,
    owed: 0n,
  };

  it("lends 78,000.00 on the order, 85,800.00 with 12,000 kg in store", () => {
    expect(borrowingBase(order, rates, 0).total).to.equal(7_800_000n);
    const stored = borrowingBase({ ...order, stored: 12_000_000n }, rates, 0);
    expect(stored).to.deep.equal({
      order: 3_120_000n,
      stored: 5_460_000n,
      accepted: 0n,
      total: 8_580_000n,
    });
  });

  it("lends nothing on what is undelivered after the last second of delivery", () => {
    expect(borrowingBase(order, rates, order.deliverBy).total).to.equal(7_800_000n);
    expect(borrowingBase({ ...order, owed: 100n }, rates, order.deliverBy + 1).total).to.equal(85n);
  });

  const free: DrawdownState = {
    retired: false,
    paused: false,
    borrowerSuspended: false,
    lenderSuspended: false,
    facilityOpen: true,
    expiresDay: 100,
    isRightOrder: true,
    encumberedByAnother: false,
    loanInDefault: false,
    facilityInDefault: false,
    maturityDay: 90,
    debtorOverdue: false,
  };

  it("names the first check that refuses a drawdown, and then nothing is available", () => {
    const money = { base: 1000n, principal: 400n, limit: 900n, drawn: 500n };
    expect(drawdownRefusal(free, 90)).to.equal(undefined);
    expect(available(free, 90, money)).to.equal(400n);
    expect(drawdownRefusal({ ...free, debtorOverdue: true }, 91)).to.equal("LoanPastMaturity");
    expect(drawdownRefusal({ ...free, facilityOpen: false, isRightOrder: false }, 91)).to.equal(
      "FacilitySuspended",
    );
    expect(available(free, 91, money)).to.equal(0n);
  });

  it("gives the lender its turn, what the base is short of, or the sweep", () => {
    const loan = { interestDue: 100n, principal: 5000n, sweepBps: 0, lenderFirst: false };
    expect(toLender({ ...loan, payment: 2000n, base: 5000n })).to.equal(100n);
    expect(toLender({ ...loan, payment: 2000n, base: 4200n })).to.equal(900n);
    expect(toLender({ ...loan, payment: 2000n, base: 5000n, sweepBps: 5000 })).to.equal(1000n);
    expect(toLender({ ...loan, payment: 2000n, base: 5000n, lenderFirst: true })).to.equal(2000n);
    expect(toLender({ ...loan, payment: 9000n, base: 0n })).to.equal(5100n);
    expect(interestFirst(900n, 100n)).to.deep.equal({ interest: 100n, principal: 800n });
    expect(interestFirst(40n, 100n)).to.deep.equal({ interest: 40n, principal: 0n });
  });
});
