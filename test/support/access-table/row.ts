import type { TradeStage } from "../trade-stage.ts";

const partners = [
  "buyer",
  "cooperative",
  "warehouse",
  "lender",
  "arbiter",
  "otherBuyer",
  "otherCooperative",
  "otherWarehouse",
  "otherLender",
] as const;
/** Nobody, the operator, those of the trade, and one more of each role that is no side of it at all. */
export const callers = ["nobody", "operator", ...partners] as const;
export type Caller = (typeof callers)[number];

/** Status, and of a refusal its code: `404 NotFound`. */
export type Outcome = string;

export interface Asked {
  /** What stands for `:id`; the id of something of the trade. */
  readonly id?: string;
  /** Of the same form, and of nothing that there is. */
  readonly absent?: string;
  readonly number?: number;
  /** What stands for `:account`. */
  readonly account?: string;
  readonly query?: string;
  /** So that whoever may act is refused by a rule, or changes only what nothing else of the stage needs. */
  readonly body?: Readonly<Record<string, unknown>>;
}

export interface Row {
  /** As the router has it. */
  readonly route: string;
  /** Tells the rows of one route apart. */
  readonly about?: string;
  /** Asked anew for each test: what it is about may be made for it. */
  readonly asks: (stage: TradeStage) => Asked | Promise<Asked>;
  readonly outcomes: Readonly<Record<Caller, Outcome>>;
}

export function row(
  route: string,
  asks: Row["asks"],
  outcomes: Row["outcomes"],
  about?: string,
): Row {
  return { route, asks, outcomes, ...(about !== undefined && { about }) };
}

type Exceptions = Readonly<Record<Outcome, readonly Caller[]>>;

/** @param rest of all others; who has not signed in gets nowhere */
export function outcomes(rest: Outcome, exceptions: Exceptions = {}): Row["outcomes"] {
  const all = Object.fromEntries(callers.map((caller) => [caller, rest]));
  const named = Object.entries(exceptions).flatMap(([outcome, those]) =>
    those.map((caller) => [caller, outcome]),
  );
  return { ...all, nobody: "401 NotSignedIn", ...Object.fromEntries(named) } as Row["outcomes"];
}

/** To anyone, signed in or not. */
export function open(outcome: Outcome): Row["outcomes"] {
  return outcomes(outcome, { [outcome]: ["nobody"] });
}

/** By these; to all others it is not there. */
export function readBy(...those: Caller[]): Row["outcomes"] {
  return outcomes("404 NotFound", { "200": those });
}

const absentId = `0x${"7".repeat(64)}`;
const absentAccount = `0x${"ab".repeat(20)}`;

/** On a claim or a facility of the trade. */
export function on(
  id: (stage: TradeStage) => string,
  rest: Omit<Asked, "id" | "absent"> = {},
): Row["asks"] {
  return (stage) => ({ id: id(stage), absent: absentId, ...rest });
}

/** On a party of the trade. */
export function onParty(
  party: "buyer" | "warehouse",
  rest: Omit<Asked, "id" | "absent"> = {},
): Row["asks"] {
  return ({ trade }) => ({ id: trade[party].id, absent: absentAccount, ...rest });
}

export const nothing = (): Asked => ({});
