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
  CannotBePaid: {
    status: 422,
    title: "The account cannot be paid",
    says: "{account} is nobody's, one of the contracts or a currency: money that goes there is lost.",
  },
  KeyTaken: {
    status: 409,
    title: "The key is taken",
    says: "{key} is a party, or signs for one.",
  },
  NoKeyProposed: {
    status: 422,
    title: "No key is proposed",
    says: "There is nothing to veto and nothing to put in place.",
  },
  KeyTooEarly: {
    status: 422,
    title: "The party may still veto the key",
    says: "It has its time, in which its present key is good.",
  },
  KeyReplaced: {
    status: 409,
    title: "The party signs with another key now",
    says: "{key} is no longer the key of {party}; nothing is signed with it any more.",
  },
});
