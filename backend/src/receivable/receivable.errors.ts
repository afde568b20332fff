import { defineProblems } from "../http/problem-catalogue.ts";

defineProblems({
  NoReceivable: {
    status: 404,
    title: "There is no such receivable",
    says: "Nothing is owed under this id, or it is not yours to see.",
  },
  NotDue: {
    status: 422,
    title: "The receivable is not due yet",
    says: "Anyone may collect from the due day on; the debtor may pay earlier.",
  },
  NothingToCollect: {
    status: 422,
    title: "There is nothing to collect",
    says: "Everything uncontested is paid, or the debtor has no funds and the receivable is overdue already.",
  },
  Overpayment: {
    status: 422,
    title: "The payment is more than what is payable",
    says: "At most what is unpaid and uncontested can be paid.",
  },
  AlreadyContested: {
    status: 422,
    title: "The receivable was contested before",
    says: "An amount may be contested once.",
  },
  ContestTooLate: {
    status: 422,
    title: "It is too late to contest",
    says: "An amount may be contested within 7 days of acceptance.",
  },
  ContestTooLarge: {
    status: 422,
    title: "The amount is too large",
    says: "A contest cannot be larger than what is outstanding, a ruling not larger than what is contested.",
  },
  NotContested: {
    status: 422,
    title: "Nothing is contested",
    says: "There is no open contest to rule on.",
  },
  ContestExpired: {
    status: 422,
    title: "The contest has expired",
    says: "The arbiter has 30 days; afterwards the amount is payable again.",
  },
  Disputed: {
    status: 422,
    title: "An amount is contested",
    says: "What is owed is not certain until the contest is ruled on, or expires.",
  },
  IsOverdue: {
    status: 422,
    title: "The receivable is overdue",
    says: "An overdue receivable is not sold.",
  },
});
