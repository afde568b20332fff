import { defineProblems } from "../http/problem-catalogue.ts";

defineProblems({
  AccessManagerNotScheduled: {
    status: 409,
    title: "The act is not scheduled",
    says: "It was cancelled, by the guardian or whoever had scheduled it, or was done otherwise. Ask for it anew if it is still wanted.",
  },
  AccessManagerAlreadyScheduled: {
    status: 409,
    title: "The same act is scheduled already",
    says: "It has to be carried out, cancelled or left to expire before it can be scheduled again.",
  },
  AccessManagerNotReady: {
    status: 422,
    title: "The act has to wait on",
    says: "The delay of its office is not over.",
  },
  AccessManagerExpired: {
    status: 409,
    title: "The act has expired",
    says: "It was not carried out within the week after its delay. Nothing has happened; ask for it anew.",
  },
  AccessManagerUnauthorizedCancel: {
    status: 403,
    title: "The act is not yours to cancel",
    says: "Only the guardian, the administrator and {caller}, which has scheduled it, can.",
  },
  AccessManagerUnauthorizedCall: {
    status: 403,
    title: "The act is not this office's",
    says: "{caller} cannot schedule it: another office can, or it needs no schedule.",
  },
});
