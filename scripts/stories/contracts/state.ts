import { formatDate } from "../calendar.ts";
import type { Scene, StoryOrder } from "./scene.ts";
import type { Contracts } from "../../deploy/contracts.ts";
import type { Stage } from "./stage.ts";
import { formatDecimal, moneyPlaces, quantityPlaces } from "../decimal.ts";
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

const money = (minorUnits: bigint): string => formatDecimal(minorUnits, moneyPlaces);
const goods = (thousandths: bigint): string => formatDecimal(thousandths, quantityPlaces);

/** Everything that a story tells of, as the contracts answer in the latest block. */
export async function readState(stage: Stage, scene: Scene): Promise<State> {
  const { contracts } = stage;
  const [cash, facilities, receipts, orders] = await Promise.all([
    forEach(new Map(partyNames.map((party) => [party, stage.accounts[party]])), async (account) =>
      money(await contracts.deposits.balanceOf(account)),
    ),
    forEach(scene.facilities, async (facility) => ({
      drawn: money((await contracts.facilities.facilityById(facility)).drawn),
    })),
    forEach(scene.receipts, (receipt) => readReceipt(contracts, scene, receipt)),
    forEach(scene.orders, (order) => readOrder(contracts, scene, order)),
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
  if (root === 0n) return { quantity: goods(quantity) };
  return { quantity: goods(quantity), order: nameOf(root, scene.orders, ({ id }) => id) };
}

async function readOrder(
  contracts: Contracts,
  scene: Scene,
  { id }: StoryOrder,
): Promise<OrderState> {
  const { facilities } = contracts;
  const order = await contracts.orders.orderById(id);
  const numbers = Array.from({ length: Number(order.deliveries) }, (_, index) => index + 1);
  const [loan, borrowingBase, availability, receivables] = await Promise.all([
    readLoan(contracts, scene, id),
    forEach(scene.facilities, async (facility) =>
      money(await facilities.borrowingBase(facility, id)),
    ),
    forEach(scene.facilities, async (facility) => money(await facilities.available(facility, id))),
    forEach(new Map(numbers.map((number) => [String(number), number])), (number) =>
      readReceivable(contracts, scene, id, number),
    ),
  ]);
  return {
    status: orderStatuses[Number(order.status)] ?? String(order.status),
    stored: goods(order.stored),
    pending: goods(order.pending),
    accepted: goods(order.accepted),
    loan,
    borrowingBase,
    availability,
    receivables,
  };
}

async function readLoan(contracts: Contracts, scene: Scene, root: bigint): Promise<LoanState> {
  const [loan, interestDue] = await Promise.all([
    contracts.liens.loanOf(root),
    contracts.facilities.interestDue(root),
  ]);
  const debt = { principal: money(loan.principal), interestDue: money(interestDue) };
  if (loan.facility === 0n) return { status: "None", ...debt };
  return {
    status: loan.defaultedDay === 0n ? "Active" : "Defaulted",
    ...debt,
    facility: nameOf(loan.facility, scene.facilities, (id) => id),
    maturityDate: formatDate(loan.maturityDay),
  };
}

async function readReceivable(
  { receivables }: Contracts,
  scene: Scene,
  order: bigint,
  delivery: number,
): Promise<ReceivableState | null> {
  const id = await receivables.receivableId(order, delivery);
  const record = await receivables.receivableById(id);
  if (BigInt(record.holder) === 0n) return null;
  return {
    outstanding: money(record.outstanding),
    contested: money(record.contested),
    dueDate: formatDate(record.dueDay),
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

/** Reads all at once; what is not on record is left out. */
async function forEach<Value, Read extends object | string>(
  named: ReadonlyMap<string, Value>,
  read: (value: Value) => Promise<Read | null>,
): Promise<Record<string, Read>> {
  const found: Record<string, Read> = {};
  const reads = [...named].map(async ([name, value]) => {
    const state = await read(value);
    if (state !== null) found[name] = state;
  });
  await Promise.all(reads);
  return found;
}
