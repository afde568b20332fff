import type { ErrorValues } from "../chain/domain-error.ts";

/** What a refusal means: its page under `/problems`, and its HTTP status. */
export interface ProblemKind {
  readonly status: number;
  readonly title: string;
  /** One or two sentences: why, and what to do. `{name}` stands for a value that the refusal carries. */
  readonly says: string;
}

const kinds = new Map<string, ProblemKind>();

/** Adds the refusals of a noun; its `x.errors.ts` calls this. */
export function defineProblems(definitions: Readonly<Record<string, ProblemKind>>): void {
  for (const [code, kind] of Object.entries(definitions)) kinds.set(code, kind);
}

/** A rule of the trade that nobody has described is a refusal all the same. */
export function problemKind(code: string): ProblemKind {
  return (
    kinds.get(code) ?? {
      status: 422,
      title: sentence(code),
      says: "A rule of the contracts refused this act; nothing was changed.",
    }
  );
}

export function isKnownProblem(code: string): boolean {
  return kinds.has(code);
}

export function problemCodes(): string[] {
  return [...kinds.keys()].sort();
}

export function explained(text: string, values: ErrorValues): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return typeof value === "string" || typeof value === "number" ? String(value) : whole;
  });
}

function sentence(code: string): string {
  const words = code.replace(/([a-z\d])([A-Z])/g, "$1 $2").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

defineProblems({
  BadInput: {
    status: 400,
    title: "The request cannot be understood",
    says: "`errors` lists every fault with the place where it is.",
  },
  MalformedBody: {
    status: 400,
    title: "The body cannot be read",
    says: "It is not what its content type says.",
  },
  MalformedRequest: {
    status: 400,
    title: "The request is not HTTP as it is spoken here",
    says: "Its first line, its address or its headers cannot be read.",
  },
  RequestTimeout: {
    status: 408,
    title: "The request did not arrive in time",
    says: "It has a minute for all of it, body included.",
  },
  AddressTooLong: {
    status: 414,
    title: "A part of the address is too long",
    says: "Ids and names in an address have up to 100 characters.",
  },
  HeadersTooLarge: {
    status: 431,
    title: "Address and headers are too large",
    says: "Together they have up to 16 kB.",
  },
  ExpectationFailed: {
    status: 417,
    title: "The expectation cannot be met",
    says: "`Expect: 100-continue` is understood, and no other.",
  },
  NotSignedIn: {
    status: 401,
    title: "Nobody is signed in",
    says: "Send an access token: `Authorization: Bearer …`.",
  },
  InvalidToken: {
    status: 401,
    title: "The token is not valid",
    says: "It has expired, was revoked or is not ours. Sign in again, or refresh.",
  },
  WrongRole: {
    status: 403,
    title: "This is for another role",
    says: "The party does not have the role that this act is for.",
  },
  NotPermitted: {
    status: 403,
    title: "This is for somebody else",
    says: "The caller is not the party, or does not have the role, that this act is for.",
  },
  AccessManagedUnauthorized: {
    status: 403,
    title: "This is for administration",
    says: "The account {caller} does not have the administrative role that this act needs.",
  },
  AccessManagedRequiredDelay: {
    status: 403,
    title: "This act of administration has to wait",
    says: "{caller} may do it only when it has been scheduled and {delay} seconds have passed.",
  },
  NotTransferable: {
    status: 422,
    title: "Claims are not transferred",
    says: "They move by the acts of the trade alone, never by approval or a bare transfer.",
  },
  NotFound: {
    status: 404,
    title: "There is no such thing here",
    says: "It does not exist, or it is not yours to see.",
  },
  NoSuchRoute: {
    status: 404,
    title: "There is no such route",
    says: "See /api/docs for the routes that there are.",
  },
  AlreadyExists: {
    status: 409,
    title: "It is on record already",
    says: "The record with the id {id} was not changed.",
  },
  StaleState: {
    status: 409,
    title: "The state has changed meanwhile",
    says: "The act expected {expected}, on record is {actual}. Read again, and act on what is there now.",
  },
  BodyTooLarge: {
    status: 413,
    title: "The body is too large",
    says: "Bodies have up to 256 kB, those of batches and files 10 MB.",
  },
  UnsupportedMediaType: {
    status: 415,
    title: "The content type is not taken here",
    says: "See /api/docs for what the route takes.",
  },
  IdempotencyKeyReused: {
    status: 422,
    title: "The idempotency key stands for another request",
    says: "The same key came with another request before. Use a new key for a new intention.",
  },
  ZeroAmount: {
    status: 422,
    title: "The amount is zero",
    says: "An amount or a quantity has to be positive.",
  },
  Paused: {
    status: 422,
    title: "Originating is paused",
    says: "Paying, repaying and releasing are not.",
  },
  Retired: {
    status: 422,
    title: "Originating has ended",
    says: "Nothing new is originated in this deployment; what is owed can still be paid.",
  },
  TooLittleGas: {
    status: 422,
    title: "The transaction had too little gas",
    says: "With more of it the act might succeed; nothing was changed.",
  },
  StatementExpired: {
    status: 422,
    title: "The signed statement has expired",
    says: "Its last second has passed. Have a new one signed.",
  },
  NonceUsed: {
    status: 409,
    title: "The signed statement was used, or taken back",
    says: "{party} has used its nonce {nonce}, or revoked it. Have a new one signed.",
  },
  InvalidSignature: {
    status: 422,
    title: "The signature is not good",
    says: "It is not by the present key of {party}, or not on these words for this contract and chain.",
  },
  PartySuspended: {
    status: 422,
    title: "The party is suspended",
    says: "{party} may originate nothing new for now.",
  },
  NoSigningKey: {
    status: 422,
    title: "There is no key to sign with",
    says: "The backend does not sign for {account}: that key is kept elsewhere.",
  },
  Reverted: {
    status: 422,
    title: "The contract refused",
    says: "It gave no reason that has a name here.",
  },
  ContractPanic: {
    status: 422,
    title: "The contract could not compute this",
    says: "A value is out of its range.",
  },
  TooManyRequests: {
    status: 429,
    title: "Too many requests",
    says: "Try again in {retryAfter} seconds.",
  },
  Overloaded: {
    status: 503,
    title: "There is too much to do",
    says: "Nothing was done or put on record. Try again in {retryAfter} s.",
  },
  ReadModelHalted: {
    status: 503,
    title: "The record cannot be brought up to date",
    says: "What could be answered would be stale. /health/ready says why.",
  },
  NetworkUnreachable: {
    status: 503,
    title: "The network does not answer",
    says: "What was asked for is not known to be done. Try again later; /health/ready says how it is.",
  },
  DatabaseUnavailable: {
    status: 503,
    title: "The database does not answer",
    says: "What was asked for is not known to be done. Ask again in {retryAfter} s, with the same Idempotency-Key: it is done once.",
  },
  InternalError: {
    status: 500,
    title: "Something went wrong here",
    says: "It is not your fault, and it has been noted.",
  },
});
