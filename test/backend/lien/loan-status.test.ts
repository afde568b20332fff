import { expect } from "chai";
import {
  loanDaysPastDue,
  loanStatus,
  type LoanState,
} from "../../../backend/src/lien/loan-status.ts";

const active: LoanState = { facility: "0xF", principal: 5n, maturityDay: 90, defaultedDay: null };

describe("A loan's status", () => {
  it("is None on a root that never carried a loan, though payments have raised its revision", () => {
    expect(loanStatus({ ...active, facility: null, principal: 0n })).to.equal("None");
  });

  it("is Active before and after maturity, until default is declared", () => {
    expect(loanStatus(active)).to.equal("Active");
    expect(loanStatus({ ...active, defaultedDay: 99 })).to.equal("Defaulted");
  });

  it("is Repaid when no principal is left", () => {
    expect(loanStatus({ ...active, principal: 0n })).to.equal("Repaid");
  });
});

describe("A loan's days past due", () => {
  it("count from the day after the maturity day", () => {
    expect([90, 91, 100].map((today) => loanDaysPastDue(active, today))).to.deep.equal([0, 1, 10]);
  });

  it("are none for a loan that is repaid", () => {
    expect(loanDaysPastDue({ ...active, principal: 0n }, 100)).to.equal(0);
  });
});
