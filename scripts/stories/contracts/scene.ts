import { hexlify, id, toUtf8Bytes, ZeroAddress, zeroPadBytes } from "ethers";
import type { OrderTermsStruct } from "../../../typechain-types/order/PurchaseOrders.ts";
import type { Stage } from "./stage.ts";
import type { FacilityStory, OrderStory, Story } from "../story.ts";

/** The one kind of goods, and the one lot, that all stories are about. */
export const item = bytes32("STORY-GOODS");
export const lot = bytes32("STORY-LOT");
export const unitOf = (unit: string): string => hexlify(zeroPadBytes(toUtf8Bytes(unit), 3));

/** What a story's own names stand for on chain, and what only its events have told. */
export interface Scene {
  story: Story;
  facilities: ReadonlyMap<string, bigint>;
  orders: ReadonlyMap<string, StoryOrder>;
  /** Grows as receipts are issued and split. */
  receipts: Map<string, bigint>;
  /** Receivables of which something has been paid. */
  paid: Set<bigint>;
}

export interface StoryOrder {
  id: bigint;
  terms: OrderTermsStruct;
}

/** A name as contracts hold it: text of at most 32 bytes, zero padded. */
export function bytes32(name: string): string {
  return zeroPadBytes(toUtf8Bytes(name), 32);
}

/** Plays what comes before a story's first step: cash, facilities, and orders with two keys each. */
export async function playPrologue(stage: Stage, story: Story): Promise<Scene> {
  await mintCash(stage, story);
  const facilities = new Map<string, bigint>();
  for (const [name, facility] of story.facilities) {
    facilities.set(name, await openFacility(stage, name, facility, story.issuedAt));
  }
  const orders = new Map<string, StoryOrder>();
  for (const [name, order] of story.orders) {
    orders.set(name, await agreeOrder(stage, name, order, story.issuedAt));
  }
  return { story, facilities, orders, receipts: new Map(), paid: new Set() };
}

async function mintCash(stage: Stage, story: Story): Promise<void> {
  const { chain, admin, accounts, contracts } = stage;
  for (const [party, amount] of story.cash) {
    const call = await contracts.deposits.mint.populateTransaction(accounts[party], amount);
    await chain.perform(admin, call, story.issuedAt);
  }
}

async function openFacility(
  stage: Stage,
  name: string,
  facility: FacilityStory,
  at: bigint,
): Promise<bigint> {
  const { accounts, contracts } = stage;
  const lender = accounts[facility.lender];
  const number = bytes32(name);
  const call = await contracts.facilities.open.populateTransaction({
    ...facility,
    number,
    borrower: accounts.cooperative,
    buyer: accounts.buyer,
    currency: contracts.deposits,
    payee: lender,
    depositary: ZeroAddress,
    approvedPayees: [],
  });
  await stage.chain.perform(lender, call, at);
  return contracts.facilities.facilityId(lender, number);
}

async function agreeOrder(
  stage: Stage,
  name: string,
  order: OrderStory,
  at: bigint,
): Promise<StoryOrder> {
  const { chain, accounts, contracts } = stage;
  const terms = {
    ...order,
    number: bytes32(name),
    line: 1,
    seller: accounts.cooperative,
    arbiter: accounts.arbiter,
    currency: await contracts.deposits.getAddress(),
    item,
    unit: unitOf(order.unit),
    termsRoot: id(name),
  };
  const { buyer, cooperative } = accounts;
  await chain.perform(buyer, await contracts.orders.issue.populateTransaction(terms), at);
  const claim = await contracts.orders.orderId(buyer, terms.number, terms.line);
  const hash = await contracts.orders.hashTerms(buyer, terms);
  const acceptance = await contracts.orders.accept.populateTransaction(claim, hash);
  await chain.perform(cooperative, acceptance, at);
  return { id: claim, terms };
}
