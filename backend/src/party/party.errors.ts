import { defineProblems } from "../http/problem-catalogue.ts";

defineProblems({
  AlreadyAdmitted: {
    status: 409,
    title: "The party has been admitted already",
    says: "{party} is on record; its roles can be changed.",
  },
  UnknownParty: {
    status: 404,
    title: "There is no such party",
    says: "{party} has not been admitted.",
  },
  UnknownRoles: {
    status: 422,
    title: "These are no roles",
    says: "A party has at least one role, of those that exist.",
  },
  ZeroAddress: {
    status: 422,
    title: "The address is zero",
    says: "Nobody could ever sign for it or be paid there.",
  },
});
