import type { PartyNames } from "../claim/party-names.ts";
import { formatQuantity } from "../http/decimal.ts";
import { formatTime } from "../http/time.ts";
import { dateOf } from "../math/calendar.ts";
import type { ChainEventRow } from "../projection/projection.entity.ts";
import { actOf, argumentKind, type ActDescription } from "./acts.ts";
import type { ActDto } from "./provenance.dto.ts";

/** What the values of a lineage's events are counted in. */
export interface Units {
  readonly names: PartyNames;
  readonly currency: string;
  readonly unit: string;
  readonly utcOffset: number;
  readonly money: (minorUnits: bigint) => string;
}

type Args = Readonly<Record<string, unknown>>;

/** Told to a person, act by act; what moved nothing is left out. */
export async function tell(events: readonly ChainEventRow[], units: Units): Promise<ActDto[]> {
  const told = await Promise.all(events.map((event) => tellOne(event, events, units)));
  return told.filter((act) => act !== undefined);
}

async function tellOne(
  event: ChainEventRow,
  events: readonly ChainEventRow[],
  units: Units,
): Promise<ActDto | undefined> {
  const act = actOf(event.name);
  if (act === undefined) return undefined;
  const { args, block, transaction } = event;
  const amount = amountOf(act, args);
  // A payment of which the loan on the root gets nothing says so itself.
  if (event.name === "LoanSettled" && amount === 0n) return undefined;
  const quantity = act.quantity === undefined ? undefined : quantityAt(args, act.quantity);
  const by = actorOf(event, act, events);
  return {
    kind: event.name,
    title: act.where !== undefined && args[act.where[0]] === true ? act.where[1] : act.title,
    at: formatTime(event.time, units.utcOffset),
    by: by === undefined ? null : { id: by, name: await units.names.of(by) },
    ...(amount !== undefined && { amount: units.money(amount), currency: units.currency }),
    ...(quantity !== undefined && { quantity: formatQuantity(quantity), unit: units.unit }),
    details: detailsOf(args, units),
    block,
    transaction,
  };
}

function amountOf(act: ActDescription, args: Args): bigint | undefined {
  if (act.amount === undefined) return undefined;
  return act.amount.reduce((sum, name) => sum + BigInt(String(args[name])), 0n);
}

/** Who is named; else who acted in the same transaction. */
function actorOf(
  event: ChainEventRow,
  act: ActDescription,
  events: readonly ChainEventRow[],
): string | undefined {
  if (act.by !== undefined) return String(event.args[act.by]);
  for (const { transaction, name, args } of events) {
    const by = transaction === event.transaction ? actOf(name)?.by : undefined;
    if (by !== undefined && by !== "lender") return String(args[by]);
  }
  return undefined;
}

function quantityAt(args: Args, path: string): bigint {
  const value = path.split(".").reduce<unknown>((inner, name) => (inner as Args)[name], args);
  return BigInt(value as string);
}

/** An order's and a ticket's terms are shown with the order and the receipt. */
function detailsOf(args: Args, units: Units): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(args)
      .filter(([name]) => name !== "terms")
      .map(([name, value]) => [name, written(name, value, units)]),
  );
}

function written(name: string, value: unknown, units: Units): unknown {
  const isNumber = typeof value === "string" && /^\d+$/.test(value);
  if (!isNumber) return value;
  switch (argumentKind(name)) {
    case "money":
      return units.money(BigInt(value));
    case "quantity":
      return formatQuantity(BigInt(value));
    case "day":
      return dateOf(Number(value));
    case "time":
      return formatTime(Number(value), units.utcOffset);
    case "plain":
      return value;
  }
}
