import { defineProblems } from "../http/problem-catalogue.ts";

defineProblems({
  TooManyWebhooks: {
    status: 422,
    title: "There are enough webhooks",
    says: "A party has up to {most} of them. Delete one that is not needed.",
  },
});
