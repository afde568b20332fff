import type { Expectation, LoanState, OrderState, State } from "./story.ts";

/** A field in which what happened is not what the story tells. */
export interface Difference {
  /** Names from the state down, such as `orders.A.loan.principal`. */
  path: string;
  /** Null where the field should not be, or is not, there. */
  expected: string | null;
  actual: string | null;
}

/** Compares the outcome of a step: what refused it, and the state that it left. */
export function compareOutcomes(expected: Expectation, actual: Expectation): Difference[] {
  const states = compareStates(expected.state, actual.state);
  if (expected.error === actual.error) return states;
  return [{ path: "error", expected: expected.error, actual: actual.error }, ...states];
}

/**
 * Compares a whole state field by field. On chain an emptied receipt, a settled receivable and the
 * loan that a repaid one was may be gone; a story compares no party's cash that it does not tell.
 */
function compareStates(expected: State, actual: State): Difference[] {
  const parties = Object.entries(actual.cash).filter(([party]) => party in expected.cash);
  const emptied = Object.entries(expected.receipts).filter(
    ([name, { quantity }]) => isZero(quantity) && !(name in actual.receipts),
  );
  const orders = Object.entries(expected.orders).map(([name, order]) => {
    const other = actual.orders[name];
    return [name, other === undefined ? order : asKnownTo(other, order)];
  });
  const told = {
    ...expected,
    receipts: without(expected.receipts, emptied),
    orders: Object.fromEntries(orders) as State["orders"],
  };
  return differences("", told, { ...actual, cash: Object.fromEntries(parties) });
}

/** An expected order without what the record may have forgotten, and has. */
function asKnownTo(actual: OrderState, expected: OrderState): OrderState {
  const settled = Object.entries(expected.receivables).filter(
    ([number, { status }]) => status === "Settled" && !(number in actual.receivables),
  );
  return {
    ...expected,
    loan: loanAsKnownTo(actual.loan, expected.loan),
    receivables: without(expected.receivables, settled),
  };
}

function loanAsKnownTo(actual: LoanState, expected: LoanState): LoanState {
  if (expected.status !== "Repaid" || actual.status !== "None") return expected;
  const { principal, interestDue } = expected;
  return { status: "None", principal, interestDue };
}

function without<Value>(
  all: Record<string, Value>,
  some: [string, Value][],
): Record<string, Value> {
  const names = new Set(some.map(([name]) => name));
  return Object.fromEntries(Object.entries(all).filter(([name]) => !names.has(name)));
}

function isZero(decimal: string): boolean {
  return /^[0.]+$/.test(decimal);
}

function differences(path: string, expected: unknown, actual: unknown): Difference[] {
  if (isObject(expected) || isObject(actual)) {
    const [left, right] = [fieldsOf(expected), fieldsOf(actual)];
    const names = new Set([...left.keys(), ...right.keys()]);
    const within = (name: string) => (path === "" ? name : `${path}.${name}`);
    return [...names].flatMap((name) => differences(within(name), left.get(name), right.get(name)));
  }
  if (expected === actual) return [];
  return [{ path, expected: shown(expected), actual: shown(actual) }];
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function fieldsOf(value: unknown): Map<string, unknown> {
  return new Map(isObject(value) ? Object.entries(value) : []);
}

function shown(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
