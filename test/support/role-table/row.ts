import type { Sheaf } from "../sheaf.ts";
import type { Stage } from "./stage.ts";

export const partyCallers = [
  "buyer",
  "cooperative",
  "warehouse",
  "lender",
  "arbiter",
  "otherBuyer",
  "otherCooperative",
  "otherWarehouse",
  "otherLender",
  "otherArbiter",
] as const;
export const contractCallers = [
  "administration",
  "parties",
  "currencies",
  "orders",
  "deliveries",
  "receipts",
  "receivables",
  "liens",
  "facilities",
  "quotes",
  "deposits",
  "provenance",
] as const;
/** Those of one trade, one more of each role, nobody's account, administration, and the contracts themselves. */
export const callers = [...partyCallers, "stranger", "admin", ...contractCallers] as const;

export type PartyCaller = (typeof partyCallers)[number];
type ContractCaller = (typeof contractCallers)[number];
export type Caller = (typeof callers)[number];
/** What becomes of a call: `allowed`, or the name of the rule that refuses it. */
export type Outcome = string;
export type Outcomes = Readonly<Record<Caller, Outcome>>;

export const allowed = "allowed";
/** A revert that carries no error: a call of what is not there. */
export const unexplained = "no reason";

/** What becomes of a call by those who may make it. */
export interface Standing {
  /** The caller is a suspended party. */
  readonly suspended: Outcome;
  readonly paused: Outcome;
  readonly retired: Outcome;
}

/** An act that goes on whatever happens: paying, releasing, administering. */
const goesOn: Standing = { suspended: allowed, paused: allowed, retired: allowed };
/** An act that makes something new. */
export const originates: Standing = {
  suspended: "PartySuspended",
  paused: "Paused",
  retired: "Retired",
};

export interface Row {
  /** `contract.function`, with its types where the name alone is not enough. */
  readonly call: `${ContractCaller}.${string}`;
  /** Tells the rows of one function apart. */
  readonly about?: string;
  readonly in: "trade" | "late" | "defaulted";
  readonly with: (stage: Stage, caller: string) => readonly unknown[];
  readonly outcomes: Outcomes;
  readonly standing: Standing;
}

type Values = Row["with"];

/** @param where the scene in which those who may call succeed */
export function row(
  call: Row["call"],
  outcomes: Outcomes,
  values: Values,
  rest: Partial<Pick<Row, "about" | "in" | "standing">> = {},
): Row {
  return { call, outcomes, with: values, in: "trade", standing: goesOn, ...rest };
}

export function each(outcome: Outcome, exceptions: Partial<Outcomes> = {}): Outcomes {
  const all = Object.fromEntries(callers.map((caller) => [caller, outcome])) as Outcomes;
  return { ...all, ...exceptions };
}

/** For these alone. */
export function only(...named: Caller[]): Outcomes {
  return each("NotPermitted", those(named, allowed));
}

/** For any party, whatever its role. */
export const anyParty: Outcomes = only(...partyCallers);

export const anyone: Outcomes = each(allowed);

/** For the administrative role that governs it. */
export const administered: Outcomes = each("AccessManagedUnauthorized", { admin: allowed });

export function those(named: readonly Caller[], outcome: Outcome): Partial<Outcomes> {
  return Object.fromEntries(named.map((caller) => [caller, outcome]));
}

export function addressOf(sheaf: Sheaf, caller: Caller): string {
  return isContract(caller) ? sheaf.addresses[caller] : sheaf[caller].address;
}

export function isParty(caller: Caller): caller is PartyCaller {
  return partyCallers.some((party) => party === caller);
}

function isContract(caller: Caller): caller is ContractCaller {
  return contractCallers.some((contract) => contract === caller);
}
