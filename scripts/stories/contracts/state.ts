import { dateOf } from "../../../backend/src/math/calendar.ts";
import { moneyText, quantityText } from "../../api/wire.ts";
import type { Scene, StoryOrder } from "./scene.ts";
import type { Contracts } from "../../deploy/contracts.ts";
import type { Stage } from "./stage.ts";
import { readEach } from "../read-each.ts";
import {
  type LoanState,
  type OrderState,
  partyNames,
  type ReceiptState,
  type ReceivableState,
  type State,
} from "../story.ts";

/** `OrderStatus` of `IPurchaseOrders`, by number. */
const orderStatuses = ["None", "Issued", "Accepted", "Fulfilled", "Cancelled", "Lapsed"];

/** Everything that a story tells of, as the contracts answer in the latest block. */
export async function readState(stage: Stage, scene: Scene): Promise<State> {
  const { contracts } = stage;
  const [cash, facilities, receipts, orders] = await Promise.all([
    readEach(new Map(partyNames.map((party) => [party, stage.accounts[party]])), async (account) =>
      moneyText(await contracts.deposits.balanceOf(account)),
    ),
    readEach(scene.facilities, async (facility) => ({
      drawn: moneyText((await contracts.facilities.facilityById(facility)).drawn),
    })),
    readEach(scene.receipts, (receipt) => readReceipt(contracts, scene, receipt)),
    readEach(scene.orders, (order) => readOrder(contracts, scene, order)),
  ]);
  return { cash, facilities, receipts, orders };
}

async function readReceipt(
  { receipts }: Contracts,
  scene: Scene,
  id: bigint,
): Promise<ReceiptState | null> {
  const { holder, quantity, root } = await receipts.receiptById(id);
  if (BigInt(holder) === 0n) return null;
  if (root === 0n) return { quantity: quantityText(quantity) };
  return { quantity: quantityText(quantity), order: nameOf(root, scene.orders, ({ id }) => id) };
}

async function readOrder(
  contracts: Contracts,
  scene: Scene,
  { id }: StoryOrder,
): Promise<OrderState> {
  const { quotes } = contracts;
  const order = await contracts.orders.orderById(id);
  const numbers = Array.from({ length: Number(order.deliveries) }, (_, index) => index + 1);
  const [loan, borrowingBase, availability, receivables] = await Promise.all([
    readLoan(contracts, scene, id),
    readEach(scene.facilities, async (facility) =>
      moneyText(await quotes.borrowingBase(facility, id)),
    ),
    readEach(scene.facilities, async (facility) => moneyText(await quotes.available(facility, id))),
    readEach(new Map(numbers.map((number) => [String(number), number])), (number) =>
      readReceivable(contracts, scene, id, number),
    ),
  ]);
  return {
    status: orderStatuses[Number(order.status)] ?? String(order.status),
    stored: quantityText(order.stored),
    pending: quantityText(order.pending),
    accepted: quantityText(order.accepted),
    loan,
    borrowingBase,
    availability,
    receivables,
  };
}

async function readLoan(contracts: Contracts, scene: Scene, root: bigint): Promise<LoanState> {
  const [loan, interestDue] = await Promise.all([
    contracts.liens.loanOf(root),
    contracts.quotes.interestDue(root),
  ]);
  const debt = { principal: moneyText(loan.principal), interestDue: moneyText(interestDue) };
  if (loan.facility === 0n) return { status: "None", ...debt };
  return {
    status: loan.defaultedDay === 0n ? "Active" : "Defaulted",
    ...debt,
    facility: nameOf(loan.facility, scene.facilities, (id) => id),
    maturityDate: dateOf(Number(loan.maturityDay)),
  };
}

async function readReceivable(
  { receivables }: Contracts,
  scene: Scene,
  order: bigint,
  delivery: number,
): Promise<ReceivableState | null> {
  const id = await receivables.receivableId(order, delivery);
  const record = await receivables.receivableOf(order, delivery);
  if (BigInt(record.holder) === 0n) return null;
  return {
    outstanding: moneyText(record.outstanding),
    contested: moneyText(record.contested),
    dueDate: dateOf(Number(record.dueDay)),
    status: receivableStatus(record, scene.paid.has(id)),
  };
}

/** The first that holds is the receivable's status; the last two are of one that nothing is wrong with. */
function receivableStatus(
  record: { outstanding: bigint; contested: bigint; overdue: boolean },
  isPaidInPart: boolean,
): string {
  if (record.outstanding === 0n) return "Settled";
  if (record.contested !== 0n) return "Disputed";
  if (record.overdue) return "Overdue";
  return isPaidInPart ? "PartiallyPaid" : "Confirmed";
}

function nameOf<Value>(
  id: bigint,
  named: ReadonlyMap<string, Value>,
  idOf: (value: Value) => bigint,
): string {
  const found = [...named].find(([, value]) => idOf(value) === id);
  return found?.[0] ?? `0x${id.toString(16)}`;
}
