import type { Id, LoanResource, OrderResource, ReceivableResource } from "../../api/resources.ts";
import { moneyText } from "../../api/wire.ts";
import { readEach } from "../read-each.ts";
import {
  type LoanState,
  type OrderState,
  partyNames,
  type ReceiptState,
  type ReceivableState,
  type State,
} from "../story.ts";
import type { Scene } from "./scene.ts";
import type { Stage } from "./stage.ts";

/** Everything that a story tells of, as the API answers it for `asOf`, an ISO 8601 time. */
export async function readState(stage: Stage, scene: Scene, asOf: string): Promise<State> {
  const { reader } = stage.players.cooperative;
  const [cash, facilities, receipts, orders] = await Promise.all([
    readEach(new Map(partyNames.map((name) => [name, stage.players[name]])), async (player) =>
      moneyText(await player.reader.balance(player.id)),
    ),
    readEach(scene.facilities, async (id) => ({ drawn: (await reader.facility(id)).drawn })),
    readEach(scene.receipts, (id) => readReceipt(stage, scene, id)),
    readEach(scene.orders, (id) => readOrder(stage, scene, id, asOf)),
  ]);
  return { cash, facilities, receipts, orders };
}

async function readReceipt(stage: Stage, scene: Scene, id: Id): Promise<ReceiptState> {
  const { quantity, order } = await stage.players.cooperative.reader.receipt(id);
  return order === null ? { quantity } : { quantity, order: nameOf(order, scene.orders) };
}

async function readOrder(stage: Stage, scene: Scene, id: Id, asOf: string): Promise<OrderState> {
  const { reader } = stage.players.cooperative;
  const [order, quotes] = await Promise.all([
    reader.order(id, asOf),
    readEach(scene.facilities, async (facility) => {
      const { roots } = await reader.quote(facility, id, asOf);
      return roots.find((root) => root.order === id) ?? null;
    }),
  ]);
  return {
    status: order.status,
    stored: order.stored,
    pending: order.pending,
    accepted: order.accepted,
    loan: loanState(order.loan, scene),
    borrowingBase: eachOf(quotes, ({ borrowingBase }) => borrowingBase),
    availability: eachOf(quotes, ({ available }) => available),
    receivables: receivableStates(order),
  };
}

function loanState(loan: LoanResource | null, scene: Scene): LoanState {
  if (loan === null)
    return { status: "None", principal: moneyText(0n), interestDue: moneyText(0n) };
  const { status, principal, interestDue, facility, maturityDate } = loan;
  return {
    status,
    principal,
    interestDue,
    ...(facility === null ? {} : { facility: nameOf(facility, scene.facilities) }),
    ...(maturityDate === null ? {} : { maturityDate }),
  };
}

function receivableStates({ receivables }: OrderResource): Record<string, ReceivableState> {
  return Object.fromEntries(
    receivables.map((receivable) => [String(receivable.delivery), receivableState(receivable)]),
  );
}

function receivableState(receivable: ReceivableResource): ReceivableState {
  const { outstanding, contested, dueDate, status } = receivable;
  return { outstanding, contested, dueDate, status };
}

function nameOf(id: Id, named: ReadonlyMap<string, Id>): string {
  return [...named].find(([, other]) => other === id)?.[0] ?? id;
}

function eachOf<Value>(
  named: Readonly<Record<string, Value>>,
  read: (value: Value) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(named).map(([name, value]) => [name, read(value)]));
}
