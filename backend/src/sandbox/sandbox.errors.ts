import { defineProblems } from "../http/problem-catalogue.ts";

defineProblems({
  CalendarGoesForward: {
    status: 422,
    title: "The calendar goes forward only",
    says: "It is {now} already; {to} is before that.",
  },
});
