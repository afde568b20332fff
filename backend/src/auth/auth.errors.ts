import { defineProblems } from "../http/problem-catalogue.ts";

defineProblems({
  SignInMessageRefused: {
    status: 401,
    title: "The message is not one to sign in here with",
    says: "{reason} Have a new message made and signed.",
  },
  SignInNonceSpent: {
    status: 401,
    title: "The nonce is not good, or no longer",
    says: "It was not given out here, was used, or is older than ten minutes. Ask for a new one.",
  },
  SignInSignatureInvalid: {
    status: 401,
    title: "The signature is not by the account",
    says: "{account} has not signed this message, itself or as a contract (ERC-1271).",
  },
  NotOfAnyParty: {
    status: 403,
    title: "The account belongs to no party",
    says: "{account} is no party's present key, and no organisation has named it as one of its people.",
  },
  SeveralParties: {
    status: 409,
    title: "The account belongs to several parties",
    says: "Say in `party` for which one you sign in.",
  },
  RankTooLow: {
    status: 403,
    title: "This is for another of the organisation's people",
    says: "It needs a person who is at least {needs}; the caller is {is}.",
  },
  PersonNeeded: {
    status: 403,
    title: "This is for persons",
    says: "No API key can do it. Sign in with a wallet.",
  },
  ScopeMissing: {
    status: 403,
    title: "The API key is not for this",
    says: "It needs the scope {needs}. Make a key that has it.",
  },
  TooManyApiKeys: {
    status: 409,
    title: "There are too many API keys",
    says: "A party has up to {most}. Revoke those that nobody uses.",
  },
  ApiKeyMade: {
    status: 409,
    title: "The API key has been made",
    says: "The same request has made the key {id}, and was told its secret, which nobody can tell again. Rotate the key, or revoke it and make another one.",
  },
  FormerSecret: {
    status: 403,
    title: "The secret was replaced",
    says: "It is good until its overlap ends, but for no new secret. Rotate the key with the one that replaced it, or have a person do it.",
  },
  IdempotencyKeyRequired: {
    status: 400,
    title: "The Idempotency-Key is missing",
    says: "A machine sends one with every request that changes something, so that it can ask again.",
  },
});
