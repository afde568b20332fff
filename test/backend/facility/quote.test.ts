import { expect } from "chai";
import {
  quoteCost,
  quoteRoot,
  refusalOf,
  totalAvailable,
  type QuotedFacility,
  type QuotedLoan,
  type QuotedRoot,
  type QuoteRefusal,
} from "../../../backend/src/facility/quote.ts";

const today = 20_700;
const time = today * 86_400;
const nobody = {
  retired: false,
  paused: false,
  borrowerSuspended: false,
  lenderSuspended: false,
};
const paused = { ...nobody, paused: true, borrowerSuspended: true, lenderSuspended: true };

const facility: QuotedFacility = {
  id: "0xF",
  borrower: "0xC",
  buyer: "0xB",
  currency: "0xCNY",
  limit: 500_000_00n,
  drawn: 78_000_00n,
  defaults: 0,
  isOpen: true,
  orderAdvanceBps: 6000,
  storedAdvanceBps: 7000,
  acceptedAdvanceBps: 8500,
  rateBps: 452,
  penaltyRateBps: 678,
  dayBasis: 360,
  tenorDays: 90,
  expiresDay: today + 100,
};

const loan: QuotedLoan = {
  facility: "0xF",
  principal: 78_000_00n,
  numerator: 0n,
  accruedDay: today - 18,
  maturityDay: today + 72,
  isDefaulted: false,
};

const root: QuotedRoot = {
  order: "0xA",
  seller: "0xC",
  buyer: "0xB",
  currency: "0xCNY",
  isFinanceable: true,
  isAccepted: true,
  quantity: 20_000_000n,
  unitPrice: 6_5000n,
  deliverBy: time + 1,
  accepted: 0n,
  pending: 0n,
  stored: 12_000_000n,
  owed: 0n,
  overdueCount: 0,
  loan,
  revision: 1,
};

const quote = (
  changes: Partial<QuotedRoot> = {},
  agreed: Partial<QuotedFacility> = {},
  standing = nobody,
) => quoteRoot({ ...facility, ...agreed }, standing, { ...root, ...changes }, time, today);

describe("A quote", () => {
  it("answers base, debt and what can be drawn of a root", () => {
    expect(quote()).to.deep.equal({
      order: "0xA",
      base: { order: 31_200_00n, stored: 54_600_00n, accepted: 0n, total: 85_800_00n },
      principal: 78_000_00n,
      interestDue: 176_28n,
      available: 7_800_00n,
      refusal: undefined,
      revision: 1,
    });
  });

  it("offers no more than the limit leaves over all roots", () => {
    const narrow = { limit: 80_000_00n };
    expect(quote({}, narrow).available).to.equal(2_000_00n);
    const roots = [quote({}, narrow), quote({ loan: undefined }, narrow)];
    expect(totalAvailable({ ...facility, ...narrow }, roots)).to.equal(2_000_00n);
  });

  it("shows nothing of another lender's debt but that the root is encumbered", () => {
    const other = quote({ loan: { ...loan, facility: "0xG" } });
    expect(other).to.include({ principal: 0n, interestDue: 0n, refusal: "Encumbered" });
  });

  const suspended = { isOpen: false };
  const expired = { expiresDay: today - 1 };
  const others = { ...loan, facility: "0xG" };
  const refused: [QuoteRefusal, string, ReturnType<typeof quote>][] = [
    ["Retired", "before a pause", quote({}, suspended, { ...paused, retired: true })],
    ["Paused", "before anybody's suspension", quote({}, suspended, paused)],
    [
      "PartySuspended",
      "of the borrower",
      quote({}, suspended, { ...nobody, borrowerSuspended: true }),
    ],
    ["PartySuspended", "of the lender", quote({}, suspended, { ...nobody, lenderSuspended: true })],
    ["FacilitySuspended", "before its expiry", quote({}, { ...suspended, ...expired })],
    ["FacilityExpired", "before a wrong order", quote({ isFinanceable: false }, expired)],
    ["WrongOrder", "of a wrong status", quote({ isFinanceable: false, overdueCount: 1 })],
    ["WrongOrder", "of another seller", quote({ seller: "0xX" })],
    ["WrongOrder", "of another buyer", quote({ buyer: "0xX" })],
    ["WrongOrder", "in another currency", quote({ currency: "0xX" })],
    [
      "Encumbered",
      "by another's loan, also in default",
      quote({ loan: { ...others, isDefaulted: true } }),
    ],
    [
      "LoanInDefault",
      "before the facility",
      quote({ loan: { ...loan, isDefaulted: true } }, { defaults: 1 }),
    ],
    [
      "FacilityInDefault",
      "before maturity",
      quote({ loan: { ...loan, maturityDay: 1 } }, { defaults: 1 }),
    ],
    [
      "LoanPastMaturity",
      "before the debtor",
      quote({ loan: { ...loan, maturityDay: today - 1 }, overdueCount: 1 }),
    ],
    ["DebtorOverdue", "before the limit", quote({ overdueCount: 1 }, { limit: 0n })],
    ["FacilityLimitExceeded", "before the base", quote({ stored: 0n }, { limit: 78_000_00n })],
    ["BorrowingBaseExceeded", "where all else passes", quote({ stored: 0n })],
  ];
  for (const [code, when, answer] of refused) {
    it(`names ${code} ${when}`, () => {
      expect(answer).to.include({ available: 0n, refusal: code });
    });
  }

  it("says which check an amount beyond what is there would fail", () => {
    expect(refusalOf(facility, quote(), 7_800_00n)).to.equal(undefined);
    expect(refusalOf(facility, quote(), 7_800_01n)).to.equal("BorrowingBaseExceeded");
    expect(refusalOf(facility, quote(), 422_000_01n)).to.equal("FacilityLimitExceeded");
    expect(refusalOf(facility, quote({ overdueCount: 1 }), 1n)).to.equal("DebtorOverdue");
  });
});

describe("The cost of drawing", () => {
  it("runs to the maturity of the loan that is there", () => {
    expect(quoteCost(facility, loan, 7_800_00n, today)).to.deep.equal({
      amount: 7_800_00n,
      maturityDay: today + 72,
      days: 72,
      interest: 70_51n,
      toRepay: 7_870_51n,
      allInYearlyRateBps: "458.26",
    });
  });

  it("runs for the tenor where there is no loan yet, or another's", () => {
    expect(quoteCost(facility, undefined, 100_00n, today).days).to.equal(90);
    expect(quoteCost(facility, { ...loan, facility: "0xG" }, 100_00n, today).days).to.equal(90);
  });

  it("has the nominal rate on a year of 365 days, up to the rounding of the interest", () => {
    const basis365 = { ...facility, dayBasis: 365 };
    expect(quoteCost(basis365, undefined, 1_000_000_000_00n, today).allInYearlyRateBps).to.equal(
      "452.00",
    );
    expect(quoteCost(facility, undefined, 1_000_000_000_00n, today).allInYearlyRateBps).to.equal(
      "458.28",
    );
  });

  it("is nothing on the maturity day itself", () => {
    const matures = { ...loan, maturityDay: today };
    expect(quoteCost(facility, matures, 100_00n, today)).to.include({
      days: 0,
      interest: 0n,
      allInYearlyRateBps: "0.00",
    });
  });

  it("is refused for an amount that is not positive", () => {
    expect(() => quoteCost(facility, loan, 0n, today)).to.throw(RangeError);
  });
});
