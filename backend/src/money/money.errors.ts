import { defineProblems } from "../http/problem-catalogue.ts";

defineProblems({
  PayerFundsUnavailable: {
    status: 422,
    title: "The payer's funds are not available",
    says: "The account that pays lacks the money, or its approval of the currency.",
  },
  PayeeCannotReceive: {
    status: 422,
    title: "The payee cannot receive",
    says: "{payee} cannot take the currency, nobody else may take it in its place, and nobody was paid.",
  },
  NotApproved: {
    status: 422,
    title: "The currency is not approved",
    says: "{token} is none of the currencies that are taken here.",
  },
  AlreadyApproved: {
    status: 409,
    title: "The currency was approved before",
    says: "{token} is taken already.",
  },
  TooManyDecimals: {
    status: 422,
    title: "The currency has too many decimals",
    says: "It has {decimals}; at most six can be counted.",
  },
  UnknownCurrency: {
    status: 422,
    title: "There is no such currency",
    says: "No currency has the number {number}.",
  },
});
