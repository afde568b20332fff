import type { BigNumberish, Result } from "ethers";
import { onDay } from "./chain.ts";
import { admittedParties, type Actor, type Sheaf } from "./sheaf.ts";
import { facilityTerms, noOrder, orderTerms, ownAccount, receiptTerms, text } from "./terms.ts";
import type { FacilityTermsStruct } from "../../typechain-types/facility/IFacilities.ts";
import type { OrderTermsStruct } from "../../typechain-types/order/IPurchaseOrders.ts";
import type { ReceiptTermsStruct } from "../../typechain-types/warehouse/IWarehouseReceipts.ts";

/** An accepted order of 20,000.000 kg at 6.5000, and an open facility that may finance it. */
export interface AcceptedOrder extends Sheaf {
  readonly order: bigint;
  readonly facility: bigint;
}

/** With 50,000.00 drawn on it; the root is at revision 1. */
export type FinancedOrder = AcceptedOrder;

/** With 8,000.000 kg in store, earmarked for it. */
export interface StoredOrder extends AcceptedOrder {
  readonly receipt: bigint;
}

/** With 10,000.000 kg accepted from the field on the first day: 65,000.00 due on day 30. */
export interface OwedOrder extends AcceptedOrder {
  readonly receivable: bigint;
}

export const drawn = 50_000_00n;
export const owed = 65_000_00n;

/** The cooperative at work, as most tests see it. */
export async function acceptedOrder(): Promise<AcceptedOrder> {
  const sheaf = await admittedParties();
  await onDay(0);
  const facility = await openFacility(sheaf);
  const order = await makeOrder(sheaf);
  return { ...sheaf, order, facility };
}

export async function financedOrder(): Promise<FinancedOrder> {
  const scene = await acceptedOrder();
  await scene.cooperative.facilities.drawDown(scene.facility, scene.order, drawn, 0n, ownAccount);
  return scene;
}

export async function storedOrder(): Promise<StoredOrder> {
  const scene = await acceptedOrder();
  return { ...scene, receipt: await store(scene, scene.order) };
}

async function financedStore(): Promise<StoredOrder> {
  const scene = await storedOrder();
  await scene.cooperative.facilities.drawDown(scene.facility, scene.order, drawn, 0n, ownAccount);
  return scene;
}

export async function owedOrder(): Promise<OwedOrder> {
  return deliverHalf(await acceptedOrder());
}

export async function financedReceivable(): Promise<OwedOrder> {
  return deliverHalf(await financedOrder());
}

async function deliverHalf(scene: AcceptedOrder): Promise<OwedOrder> {
  await deliver(scene, scene.order, 1n, 10_000_000n);
  return { ...scene, receivable: await scene.contracts.receivables.receivableId(scene.order, 1n) };
}

/** Issues and accepts an order. */
export async function makeOrder(
  sheaf: Sheaf,
  changes: Partial<OrderTermsStruct> = {},
): Promise<bigint> {
  const { contracts, buyer, cooperative } = sheaf;
  const terms = orderTerms(sheaf, changes);
  await buyer.orders.issue(terms);
  const order = await contracts.orders.orderId(buyer.address, terms.number, terms.line);
  await cooperative.orders.accept(order, await contracts.orders.termsHashById(order));
  return order;
}

export async function openFacility(
  sheaf: Sheaf,
  changes: Partial<FacilityTermsStruct> = {},
  lender: Actor = sheaf.lender,
): Promise<bigint> {
  const terms = facilityTerms(sheaf, changes);
  await lender.facilities.open(terms);
  return sheaf.contracts.facilities.facilityId(lender.address, terms.number);
}

/** Weighs goods in for the cooperative. */
export async function weighIn(
  sheaf: Sheaf,
  changes: Partial<ReceiptTermsStruct> = {},
): Promise<bigint> {
  const terms = receiptTerms(sheaf, changes);
  const details = terms.order === 0n ? noOrder : await detailsOf(sheaf, terms.order);
  await sheaf.warehouse.receipts.issue(terms, details);
  return sheaf.contracts.receipts.receiptId(sheaf.warehouse.address, terms.ticket);
}

/** Weighs goods in and earmarks them. */
export async function store(
  sheaf: Sheaf,
  order: bigint,
  changes: Partial<ReceiptTermsStruct> = {},
): Promise<bigint> {
  const receipt = await weighIn(sheaf, changes);
  await sheaf.cooperative.receipts.earmark(receipt, order, await detailsOf(sheaf, order));
  return receipt;
}

/** What has to be named with an order so that goods are known to be of its kind: told by the event of its issue. */
export async function detailsOf({ contracts }: Sheaf, order: BigNumberish): Promise<string> {
  const { orders } = contracts;
  const issued = (await orders.queryFilter(orders.filters.OrderIssued(order))).at(-1);
  if (issued === undefined) return noOrder;
  const { buyer, terms } = issued.args;
  return orders.hashDetails(buyer, (terms as unknown as Result).toObject() as OrderTermsStruct);
}

/** A stated arrival that is still to come. */
async function soon(sheaf: Sheaf): Promise<bigint> {
  const block = await sheaf.admin.signer.provider?.getBlock("latest");
  return BigInt(block!.timestamp) + 3600n;
}

/** Despatches from the field, or from a receipt, for arrival within the hour. */
export async function despatch(
  sheaf: Sheaf,
  order: bigint,
  number: BigNumberish,
  quantity: bigint,
  receipt = 0n,
): Promise<void> {
  const arrival = await soon(sheaf);
  await sheaf.cooperative.deliveries.despatch(order, number, receipt, quantity, arrival);
}

/** Despatches, and the buyer accepts all of it. */
export async function deliver(
  sheaf: Sheaf,
  order: bigint,
  number: BigNumberish,
  quantity: bigint,
  receipt = 0n,
): Promise<void> {
  await despatch(sheaf, order, number, quantity, receipt);
  await sheaf.buyer.deliveries.accept(order, number, receipt, quantity);
}

/** A trade in which every act has something to act on. */
export interface BusyTrade extends StoredOrder, OwedOrder {
  /** An order that the seller has not accepted. */
  readonly issued: bigint;
  readonly issuedTermsHash: string;
  /** Two receipts of the same lot that are earmarked for nothing. */
  readonly free: bigint;
  readonly alike: bigint;
}

/** One delivery accepted and contested, one from the receipt still open, and a loan on the root. */
export async function busyTrade(): Promise<BusyTrade> {
  const stored = await financedStore();
  const { buyer, contracts, order, receipt } = stored;
  const owing = await deliverHalf(stored);
  await buyer.receivables.contest(order, 1, 1_00n);
  await despatch(stored, order, 2n, 1_000_000n, receipt);
  const terms = orderTerms(stored, { line: 2n });
  await buyer.orders.issue(terms);
  return {
    ...owing,
    receipt,
    issued: await contracts.orders.orderId(buyer.address, terms.number, terms.line),
    issuedTermsHash: await contracts.orders.hashTerms(buyer.address, terms),
    free: await weighIn(stored, { ticket: text("T-2") }),
    alike: await weighIn(stored, { ticket: text("T-3") }),
  };
}
