import { defineProblems } from "../http/problem-catalogue.ts";

defineProblems({
  AuditUnavailable: {
    status: 503,
    title: "The audit log cannot be written",
    says: "Nothing is done that is not on record there; nothing was. Try again later.",
  },
});
