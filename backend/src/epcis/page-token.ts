import { createHash } from "node:crypto";
import { BadInput } from "../http/bad-input.ts";

/** Where the next page of a query begins. */
export interface PageStart {
  /** Of the last event that was looked at: its place in the order, and its id. */
  readonly order: number;
  readonly id: number;
  /** Events that were given out so far. */
  readonly given: number;
}

/** Says nothing to the client, and is good for the query that it came from, for ever. */
export function pageToken({ order, id, given }: PageStart, query: string): string {
  return Buffer.from(JSON.stringify([order, id, given, digest(query)])).toString("base64url");
}

/** @throws BadInput `EpcisQueryParameter` for a token that is not ours, or another query's */
export function readPageToken(token: string, query: string): PageStart {
  try {
    const values = JSON.parse(Buffer.from(token, "base64url").toString()) as unknown;
    if (Array.isArray(values) && values.length === 4 && values[3] === digest(query)) {
      const [order, id, given] = values as unknown[];
      if ([order, id, given].every((value) => Number.isSafeInteger(value))) {
        return { order: Number(order), id: Number(id), given: Number(given) };
      }
    }
  } catch {
    // Not a token of ours, which is said below.
  }
  const detail = "must be that of an earlier page of the same query";
  throw new BadInput([{ parameter: "nextPageToken", detail }], "EpcisQueryParameter");
}

function digest(query: string): string {
  return createHash("sha256").update(query).digest("base64url").slice(0, 12);
}
