import { id } from "ethers";
import { day, ethers, readOnDay } from "./chain.ts";
import {
  acceptedOrder,
  despatch,
  makeOrder,
  openFacility,
  store,
  weighIn,
  type AcceptedOrder,
} from "./scenes.ts";
import { signAcceptance, signAssignment, signRelease } from "./signing.ts";
import { orderTerms, ownAccount, text } from "./terms.ts";

const deadline = 2n ** 40n - 1n;

/** Everything that can happen, once. */
export async function eventfulYear(): Promise<AcceptedOrder> {
  const trade = await acceptedOrder();
  const { buyer, cooperative, warehouse, lender, arbiter, stranger } = trade;
  const { contracts, addresses, facility, order } = trade;
  await keysAreLost(trade);
  const other = await openFacility(trade, { number: text("F-2"), sweepBps: 10_000n });
  const second = await makeOrder(trade, { line: 2n });
  await buyer.orders.issue(orderTerms(trade, { line: 3n }));
  await buyer.orders.cancel(await contracts.orders.orderId(buyer.address, text("PO-2026-1"), 3));
  const third = await makeOrder(trade, { line: 4n });
  await buyer.orders.cancel(third);
  await cooperative.orders.cancel(third);
  const receipt = await store(trade, order);
  await cooperative.receipts.split(receipt, 3_000_000n, 1);
  await warehouse.receipts.shrink(receipt, 100_000n);
  await cooperative.receipts.split(receipt, 1_000_000n, 2);
  await cooperative.receipts.merge(await contracts.receipts.childId(receipt, 2), receipt);
  const free = await weighIn(trade, { ticket: text("T-2") });
  await cooperative.receipts.withdraw(free, 500_000n);
  await cooperative.receipts.endorse(free, trade.otherCooperative.address);
  await claimIsSold(trade);
  await cooperative.facilities.drawDown(facility, order, 40_000_00n, 0n, ownAccount);
  await cooperative.facilities.drawDown(other, second, 30_000_00n, 0n, ownAccount);
  await despatch(trade, order, 1, 2_000_000n, receipt);
  await warehouse.deliveries.recall(order, 1, receipt);
  await despatch(trade, order, 2, 4_000_000n, receipt);
  await buyer.deliveries.accept(order, 2, receipt, 3_000_000n);
  await weighIn(trade, { ticket: text("T-3"), order, delivery: 2, quantity: 600_000n });
  await despatch(trade, order, 3, 5_000_000n);
  await buyer.deliveries.accept(order, 3, 0, 5_000_000n);
  await buyer.receivables.contest(order, 2, 1_000_00n);
  await buyer.receivables.contest(order, 3, 2_000_00n);
  await arbiter.receivables.rule(order, 2, 500_00n, orderTerms(trade));
  await despatch(trade, second, 1, 1_000_000n);
  await readOnDay(10);
  await stranger.deliveries.deemAccepted(second, 1, 0);
  await stranger.parties.replaceKey(trade.otherCooperative.address);
  await cooperative.facilities.repay(order, 5_000_00n, 1n);
  await buyer.receivables.pay(order, 2, 1_00n, 19_000_00n);
  await buyer.deposits.approve(addresses.receivables, 4_000_00n);
  await readOnDay(40);
  await stranger.receivables.collect(order, 2);
  await buyer.deposits.approve(addresses.receivables, 1_000_000_00n);
  await stranger.receivables.collect(order, 3);
  await cooperative.deliveries.despatch(order, 4, receipt, 900_000n, BigInt(day(100)));
  await readOnDay(97);
  await buyer.orders.lapse(second);
  await lender.facilities.declareDefault(second);
  await lender.facilities.writeOff(second);
  await despatch(trade, order, 5, 1_000_000n);
  await buyer.deliveries.accept(order, 5, 0, 1_000_000n);
  await lender.facilities.lowerLimit(other, 1_00n);
  await lender.facilities.suspend(other);
  await lender.facilities.close(facility);
  await lender.facilities.setPayee(facility, stranger.address);
  await trade.admin.facilities.setDepositary(facility, trade.otherLender.address);
  await trade.admin.provenance.anchor(id("a tree"), 1n, 5n);
  await trade.admin.provenance.anchor(id("another tree"), 6n, 1n);
  return trade;
}

/** One proposed key is vetoed, one will take its place, one waits; and the other acts of administration. */
async function keysAreLost(trade: AcceptedOrder): Promise<void> {
  const { admin, cooperative, otherArbiter, otherBuyer, otherCooperative, otherLender } = trade;
  const [first, second] = (await ethers.getSigners()).slice(12);
  await admin.parties.proposeKey(otherBuyer.address, first!);
  await otherBuyer.parties.vetoKey();
  await admin.parties.proposeKey(otherCooperative.address, first!);
  await admin.parties.proposeKey(otherLender.address, second!);
  await admin.parties.setRoles(otherArbiter.address, 24n);
  await admin.parties.setSuspended(otherArbiter.address, true);
  await otherBuyer.parties.setPayoutAccount(trade.stranger.address);
  await cooperative.deliveries.revokeNonce(7n);
}

/** An order that the seller signed beforehand, goods that the buyer fetched, and a debt that the seller sold. */
async function claimIsSold(trade: AcceptedOrder): Promise<void> {
  const { buyer, cooperative, otherLender, contracts } = trade;
  const terms = orderTerms(trade, { line: 5n });
  const termsHash = await contracts.orders.hashTerms(buyer.address, terms);
  const accepted = await signAcceptance(trade, cooperative, { termsHash, nonce: 1n, deadline });
  await buyer.orders.issueAccepted(terms, 1n, deadline, accepted);
  const order = await contracts.orders.orderId(buyer.address, terms.number, terms.line);
  const quantity = 1_000_000n;
  const receipt = await store(trade, order, { ticket: text("T-5"), quantity });
  const release = { order, number: 1n, receipt, quantity, nonce: 1n, deadline };
  const released = await signRelease(trade, cooperative, release);
  await buyer.deliveries.despatchAndAccept(order, 1n, receipt, quantity, 1n, deadline, released);
  const sale = {
    order,
    delivery: 1n,
    assignee: otherLender.address,
    price: 6_400_00n,
    outstanding: 6_500_00n,
    nonce: 1n,
    deadline,
  };
  await otherLender.receivables.assign(sale, await signAssignment(trade, cooperative, sale));
}
