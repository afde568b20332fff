import { defineProblems } from "../http/problem-catalogue.ts";

defineProblems({
  ConsentBeyondLimit: {
    status: 403,
    title: "This is beyond what one person signs",
    says: "The organisation's limit leaves it to whoever holds the party's own key: what is signed here binds at once.",
  },
});
