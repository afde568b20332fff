import { defineProblems } from "../http/problem-catalogue.ts";

defineProblems({
  SecondPersonNeeded: {
    status: 403,
    title: "It takes a second person",
    says: "Whoever has made a command cannot approve it, nor can a machine of the same person.",
  },
  NotAwaitingApproval: {
    status: 409,
    title: "The command does not wait for approval",
    says: "Its state is {state}.",
  },
  CommandRejected: {
    status: 409,
    title: "The command was rejected",
    says: "{by} has rejected it; nothing was sent.",
  },
  ApprovalExpired: {
    status: 409,
    title: "Nobody has approved the command in time",
    says: "It waited seven days for a second person; nothing was sent. Make it again.",
  },
});
