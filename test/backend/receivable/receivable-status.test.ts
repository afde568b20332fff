import { expect } from "chai";
import {
  daysPastDue,
  receivableStatus,
  type ReceivableState,
  type ReceivableStatus,
} from "../../../backend/src/receivable/receivable-status.ts";

const fresh: ReceivableState = {
  outstanding: 100n,
  contested: 0n,
  overdue: false,
  paid: 0n,
  dueDay: 50,
};

describe("A receivable's status", () => {
  const cases: [ReceivableStatus, string, Partial<ReceivableState>][] = [
    ["Confirmed", "untouched", {}],
    ["Confirmed", "made smaller by a ruling alone", { outstanding: 40n }],
    ["PartiallyPaid", "paid in part", { outstanding: 40n, paid: 60n }],
    ["Overdue", "left short", { overdue: true, paid: 60n }],
    ["Disputed", "contested, whatever else it is", { contested: 1n, overdue: true, paid: 60n }],
    ["Settled", "with nothing outstanding", { outstanding: 0n, paid: 60n }],
  ];
  for (const [status, when, changes] of cases) {
    it(`is ${status} when ${when}`, () => {
      expect(receivableStatus({ ...fresh, ...changes })).to.equal(status);
    });
  }
});

describe("A receivable's days past due", () => {
  it("count from the day after the due day", () => {
    expect([49, 50, 51, 61].map((today) => daysPastDue(fresh, today))).to.deep.equal([0, 0, 1, 11]);
  });

  it("are none where nothing uncontested is unpaid", () => {
    expect(daysPastDue({ ...fresh, contested: 100n }, 61)).to.equal(0);
    expect(daysPastDue({ ...fresh, outstanding: 0n }, 61)).to.equal(0);
  });
});
