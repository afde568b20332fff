import type { LedgerEvent, Receipt, Receivable } from "../../api/shapes.ts";
import type { Words } from "../../language/words.ts";

/** What an event was about, as people call it: a delivery by its number, a receipt by its ticket. */
export type SubjectOf = (event: LedgerEvent) => string;

export function subjectsOf(
  receipts: Receipt[],
  receivables: Receivable[],
  words: Words,
): SubjectOf {
  const tickets = new Map(receipts.map(({ id, ticket }) => [id, ticket]));
  const deliveries = new Map(receivables.map(({ id, delivery }) => [id, delivery]));
  return ({ details }) => {
    const text = (name: string): string => {
      const value = details[name];
      return typeof value === "string" || typeof value === "number" ? String(value) : "";
    };
    const number = text("number") || text("delivery") || deliveries.get(text("receivable"));
    if (number !== undefined) return words.delivery(Number(number));
    const [ticket] = ["receipt", "parent", "into"].flatMap((name) => tickets.get(text(name)) ?? []);
    return ticket === undefined ? "" : words.receipt(ticket);
  };
}
