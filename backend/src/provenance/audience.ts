import type { ChainEventRow } from "../projection/projection.entity.ts";

/** How much of a claim somebody sees, who may read the order. */
export interface Audience {
  /** What is owed for it: both sides, the arbiter and who may lend on it see all, others what they hold. */
  readonly receivables: "all" | ReadonlySet<string>;
  /** Loans under these facilities: both sides see all, a lender its own. */
  readonly facilities: "all" | ReadonlySet<string>;
}

/** Whether an act is told to this audience. That there is a lien, is public. */
export function isTold(event: ChainEventRow, audience: Audience): boolean {
  switch (event.contract) {
    case "Receivables":
      return sees(audience.receivables, event.args["receivable"]);
    case "Facilities":
      return sees(audience.facilities, event.args["facility"]);
    default:
      return true;
  }
}

/** Whether one of these ids is among those that somebody sees. */
export function sees(seen: "all" | ReadonlySet<string>, id: unknown): boolean {
  return seen === "all" || seen.has(String(id));
}
