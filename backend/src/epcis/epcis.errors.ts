import { defineProblems } from "../http/problem-catalogue.ts";
import { problemDialect } from "../http/problem.ts";
import { exceptionOf } from "./epcis-exception.ts";

defineProblems({
  EpcisValidation: {
    status: 400,
    title: "The EPCIS document is not valid",
    says: "`errors` lists every fault with the place where it is. Nothing of it was kept.",
  },
  EpcisQueryParameter: {
    status: 400,
    title: "The query cannot be understood",
    says: "`errors` lists every parameter that is wrong.",
  },
  EpcisQueryTooLarge: {
    status: 413,
    title: "The query finds more events than it allows",
    says: "More than {maxEventCount} events match. Ask for more, or for something narrower.",
  },
  EpcisCaptureLimit: {
    status: 413,
    title: "The document has too many events",
    says: "A document has up to {limit} events. Capture them in several documents.",
  },
  ForeignLocation: {
    status: 403,
    title: "The location is not the party's own",
    says: "A party captures only about locations that are registered as its own. Nothing was kept.",
  },
  EventIdTaken: {
    status: 409,
    title: "The event id stands for another event",
    says: "The party has captured another event under this id. A correction has a new id; an error declaration repeats the event that it declares wrong.",
  },
  NotAParty: {
    status: 403,
    title: "Only parties capture events",
    says: "Whoever captures states that something happened at a place of its own.",
  },
  EpcisNotAcceptable: {
    status: 406,
    title: "The answer cannot be given in that form",
    says: "{reason} `OPTIONS` tells what can be.",
  },
});

problemDialect("/epcis", ({ code, status }) => `epcisException:${exceptionOf(code, status)}`);
