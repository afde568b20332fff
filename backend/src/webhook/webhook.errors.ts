import { defineProblems } from "../http/problem-catalogue.ts";

defineProblems({
  WebhookSecretLost: {
    status: 409,
    title: "The webhook's secret is lost",
    says: "It was encrypted with another passphrase than today's. Have a new one made.",
  },
  TooManyWebhooks: {
    status: 422,
    title: "There are enough webhooks",
    says: "A party has up to {most} of them. Delete one that is not needed.",
  },
});
