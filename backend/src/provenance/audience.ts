import type { ChainEventRow } from "../projection/projection.entity.ts";

/** How much of a claim somebody sees, who may read the order. */
export interface Audience {
  /** What is owed for it: both sides, the arbiter, and who may lend on it. */
  readonly seesReceivables: boolean;
  /** Loans under these facilities: both sides see all, a lender its own. */
  readonly facilities: "all" | ReadonlySet<string>;
}

/** Whether an act is told to this audience. That there is a lien, is public. */
export function isTold(event: ChainEventRow, audience: Audience): boolean {
  switch (event.contract) {
    case "Receivables":
      return audience.seesReceivables;
    case "Facilities":
      return (
        audience.facilities === "all" || audience.facilities.has(String(event.args["facility"]))
      );
    default:
      return true;
  }
}
