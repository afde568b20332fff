import type { LedgerEvent } from "../../api/shapes.ts";

/** What one transaction did: the event that people would name it by, and what followed from it. */
export interface Act {
  transaction: string;
  main: LedgerEvent;
  consequences: LedgerEvent[];
}

/** What a consequence is never named by when something else happened in the same transaction. */
const consequential = [
  "LienPlaced",
  "LienReleased",
  "LoanSettled",
  "ReceivableConfirmed",
  "HolderCouldNotReceive",
  "ReceivableOverdue",
  "ContestLifted",
  "MaturityBroughtForward",
  "Earmarked",
  "DeliveryReturned",
];

/** Events of one transaction, as one act; the acts stay in the order of their first events. */
export function actsOf(events: LedgerEvent[]): Act[] {
  const transactions = Map.groupBy(events, ({ transaction }) => transaction);
  return [...transactions].flatMap(([transaction, together]) => {
    const main = together.find(({ kind }) => !consequential.includes(kind)) ?? together[0];
    if (main === undefined) return [];
    return { transaction, main, consequences: together.filter((event) => event !== main) };
  });
}
