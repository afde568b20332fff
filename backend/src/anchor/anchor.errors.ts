import { defineProblems } from "../http/problem-catalogue.ts";

defineProblems({
  ZeroRoot: {
    status: 422,
    title: "A tree has a root",
    says: "What is anchored is the root of a tree of events.",
  },
  ZeroCount: {
    status: 422,
    title: "A tree has an event",
    says: "What is anchored is at least one event.",
  },
  AlreadyAnchored: {
    status: 409,
    title: "The root is anchored already",
    says: "The root {root} is on chain. Nothing was changed.",
  },
  NotNext: {
    status: 409,
    title: "The tree is not the next one",
    says: "The next tree begins with the event in place {expected}.",
  },
});
