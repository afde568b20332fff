import { expect } from "chai";
import { loansIn, type LoanMovement } from "../../../backend/src/facility/loan-movements.ts";
import {
  statementOf,
  totalsOf,
  type StatementLine,
  type StatementTerms,
} from "../../../backend/src/facility/statement.ts";
import { dayOfDate } from "../../../backend/src/math/calendar.ts";
import { accrue, afterPayment, interestDue } from "../../../backend/src/math/interest.ts";

const terms: StatementTerms = { rateBps: 452, penaltyRateBps: 678, dayBasis: 360, tenorDays: 90 };
const on = (date: string): number => dayOfDate(date)!;
const lineOn = (lines: readonly StatementLine[], date: string): StatementLine =>
  lines.find(({ day }) => day === on(date))!;

/** The loan of the order-to-cash story. */
const orderToCash: LoanMovement[] = [
  { kind: "Drawdown", day: on("2026-09-02"), amount: 78_000_00n },
  { kind: "Drawdown", day: on("2026-09-20"), amount: 7_800_00n },
  { kind: "Settlement", day: on("2026-11-04"), interest: 661_05n, principal: 76_038_95n },
  { kind: "Settlement", day: on("2026-11-19"), interest: 18_38n, principal: 1_281_62n },
  { kind: "Settlement", day: on("2026-11-19"), interest: 0n, principal: 8_479_43n },
];

describe("A loan's statement", () => {
  it("has a line for each day from the first drawdown to the day of repayment", () => {
    const lines = statementOf(terms, orderToCash, on("2027-12-31"));
    expect(lines.map(({ day }) => day)).to.deep.equal(
      Array.from({ length: 79 }, (_, index) => on("2026-09-02") + index),
    );
    expect(lines.at(-1)?.closingPrincipal).to.equal(0n);
  });

  it("shows what the contracts would answer for interest due on each day", () => {
    const lines = statementOf(terms, orderToCash, on("2026-11-30"));
    const due = { "2026-09-02": 0n, "2026-09-20": 176_28n, "2026-10-04": 327_10n };
    for (const [date, amount] of Object.entries(due)) {
      expect(lineOn(lines, date).interestDue, date).to.equal(amount);
    }
    expect(lineOn(lines, "2026-11-03").interestDue).to.equal(650_28n);
    expect(lineOn(lines, "2026-11-04")).to.include({
      openingPrincipal: 85_800_00n,
      closingPrincipal: 9_761_05n,
      interestPaid: 661_05n,
      interestDue: 0n,
    });
  });

  it("totals what was drawn, repaid and earned", () => {
    expect(totalsOf(statementOf(terms, orderToCash, on("2026-11-30")))).to.deep.equal({
      drawn: 85_800_00n,
      repaid: 85_800_00n,
      interest: 679_43n,
      interestPaid: 679_43n,
    });
  });

  it("ends on the day that was asked for, and leaves later movements out", () => {
    const lines = statementOf(terms, orderToCash, on("2026-09-19"));
    expect(lines).to.have.length(18);
    expect(lines.at(-1)?.closingPrincipal).to.equal(78_000_00n);
  });

  it("bears the penalty rate from the day after the maturity day", () => {
    const short = { ...terms, tenorDays: 30 };
    const drawn: LoanMovement[] = [
      { kind: "Drawdown", day: on("2026-09-02"), amount: 50_000_00n },
      { kind: "Drawdown", day: on("2026-10-02"), amount: 1_00n },
    ];
    const lines = statementOf(short, drawn, on("2026-10-05"));
    expect(lineOn(lines, "2026-10-02")).to.include({
      maturityDay: on("2026-10-02"),
      rateBps: 452,
      interestDue: 188_33n,
    });
    expect(lineOn(lines, "2026-10-03")).to.include({
      rateBps: 678,
      interestNumerator: 50_001_00n * 678n,
      interestDue: 197_75n,
    });
  });

  it("follows a maturity that was brought forward from that day on", () => {
    const lines = statementOf(
      terms,
      [
        { kind: "Drawdown", day: 100, amount: 1_000_00n },
        { kind: "MaturityBroughtForward", day: 120, maturityDay: 130 },
      ],
      140,
    );
    expect(lines.find(({ day }) => day === 119)?.maturityDay).to.equal(190);
    expect(lines.find(({ day }) => day === 120)?.maturityDay).to.equal(130);
    expect(lines.filter(({ rateBps }) => rateBps === 678).map(({ day }) => day)).to.deep.equal([
      131, 132, 133, 134, 135, 136, 137, 138, 139, 140,
    ]);
  });

  it("says since when the loan is in default", () => {
    const lines = statementOf(
      terms,
      [
        { kind: "Drawdown", day: 100, amount: 1_000_00n },
        { kind: "Default", day: 200 },
      ],
      201,
    );
    expect(lines.map(({ inDefault }) => inDefault).indexOf(true)).to.equal(100);
  });

  it("is empty without movements", () => {
    expect(statementOf(terms, [], 100)).to.deep.equal([]);
  });

  it("agrees with accrual day by day, whatever happens to the loan", () => {
    const random = generator(7);
    for (let round = 0; round < 60; round += 1) {
      const some: StatementTerms = {
        rateBps: random(2_000),
        penaltyRateBps: 2_000 + random(3_000),
        dayBasis: random(2) === 0 ? 360 : 365,
        tenorDays: 1 + random(60),
      };
      const { movements, dueByDay } = randomLoan(some, random);
      const lastDay = movements[0]!.day + dueByDay.length - 1;
      const lines = statementOf(some, movements, lastDay);
      expect(lines.map(({ interestDue: due }) => due)).to.deep.equal(
        dueByDay.slice(0, lines.length),
      );
      expectToAddUp(lines);
    }
  });
});

describe("The movements on a root", () => {
  it("part into loans, also where one is repaid and the next drawn on the same day", () => {
    const again: LoanMovement = { kind: "Drawdown", day: on("2026-11-19"), amount: 5n };
    expect(loansIn([...orderToCash, again])).to.deep.equal([orderToCash, [again]]);
  });
});

function expectToAddUp(lines: readonly StatementLine[]): void {
  let before = { principal: 0n, due: 0n };
  for (const line of lines) {
    expect(line.openingPrincipal).to.equal(before.principal);
    expect(line.openingPrincipal + line.drawn - line.repaid).to.equal(line.closingPrincipal);
    expect(before.due + line.interest - line.interestPaid).to.equal(line.interestDue);
    before = { principal: line.closingPrincipal, due: line.interestDue };
  }
}

type Random = (below: number) => number;

function generator(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A loan kept as the contract keeps it: one numerator, brought up to the day of each act. */
function randomLoan(
  some: StatementTerms,
  random: Random,
): { movements: LoanMovement[]; dueByDay: bigint[] } {
  const start = 20_000 + random(100);
  const maturityDay = start + some.tenorDays;
  const rates = { ...some, maturityDay };
  let principal = BigInt(1 + random(10_000_00));
  let numerator = 0n;
  let accruedDay = start;
  const movements: LoanMovement[] = [{ kind: "Drawdown", day: start, amount: principal }];
  const dueByDay: bigint[] = [];
  for (let day = start; day < start + 100; day += 1) {
    const at = accrue(numerator, principal, accruedDay, day, rates);
    let due = interestDue(at, some.dayBasis);
    const act = random(8);
    if (act === 0 && day <= maturityDay) {
      const amount = BigInt(1 + random(5_000_00));
      movements.push({ kind: "Drawdown", day, amount });
      [numerator, accruedDay, principal] = [at, day, principal + amount];
    }
    if (act === 1) {
      const amount = BigInt(random(Number(due + principal)));
      const interest = amount < due ? amount : due;
      movements.push({ kind: "Repayment", day, interest, principal: amount - interest });
      [numerator, accruedDay] = [afterPayment(at, interest, some.dayBasis), day];
      principal -= amount - interest;
      due = interestDue(numerator, some.dayBasis);
    }
    dueByDay.push(due);
    if (principal === 0n) break;
  }
  return { movements, dueByDay };
}
