import type { Actor } from "../auth/actor.ts";

/** The fields by which answers name the sides of a claim, an agreement or an account. */
const sides = new Set([
  "arbiter",
  "borrower",
  "buyer",
  "cooperative",
  "creditor",
  "debtor",
  "depositary",
  "depositor",
  "holder",
  "lender",
  "party",
  "seller",
  "warehouse",
]);
const party = /^0x[0-9a-fA-F]{40}$/;
/** Claims lie in pages, and in one another: an order in a page, its receivables in the order. */
const deepest = 6;

/**
 * The parties besides the caller that an answer names as a side of something: whose data it is as well. An amount, a
 * receipt, a loan has no owner alone; each of its sides may want to know who has looked.
 * @param unnamed others whose data it is, without saying so
 */
export function othersIn(answer: unknown, by: Actor, unnamed: readonly string[] = []): string[] {
  const found = new Set(unnamed);
  collect(answer, found, deepest);
  found.delete(by.id);
  return [...found].sort();
}

function collect(value: unknown, found: Set<string>, depth: number): void {
  if (typeof value !== "object" || value === null || depth === 0) return;
  if (Array.isArray(value)) {
    for (const each of value) collect(each, found, depth - 1);
    return;
  }
  for (const [name, each] of Object.entries(value)) {
    if (typeof each === "object") collect(each, found, depth - 1);
    else if (typeof each === "string" && sides.has(name) && party.test(each)) found.add(each);
  }
}
