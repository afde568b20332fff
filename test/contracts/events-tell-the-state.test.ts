import { expect } from "chai";
import { day, load, readOnDay } from "../support/chain.ts";
import {
  acceptedOrder,
  despatch,
  makeOrder,
  openFacility,
  store,
  weighIn,
  type AcceptedOrder,
} from "../support/scenes.ts";
import { ownAccount, orderTerms, text } from "../support/terms.ts";
import { ToldState } from "../support/told-state.ts";

type Fields = Record<string, unknown>;

/** What can be derived, and what events tell in other words. */
const derived = new Set(["currency", "status"]);

describe("Events alone tell the state", () => {
  let scene: AcceptedOrder;

  beforeEach(async () => {
    scene = await load(eventfulYear);
  });

  function expectSame(onChain: object, told: Fields | undefined): void {
    for (const [field, value] of Object.entries(onChain))
      if (!derived.has(field)) expect(told?.[field], field).to.deep.equal(value);
  }

  const plain = (record: unknown): Fields => (record as { toObject(): Fields }).toObject();

  it("of orders and deliveries", async () => {
    const { orders, deliveries } = scene.contracts;
    const told = await ToldState.of(scene.contracts);
    expect(told.orders.size).to.equal(3);
    for (const [id, order] of told.orders) {
      const onChain = await orders.orderById(id);
      expectSame(plain(onChain), order);
      const fulfilled = order["status"] === 2n && order["accepted"] === order["quantity"];
      expect(fulfilled ? 3n : order["status"]).to.equal(onChain.status);
    }
    expect(told.deliveries.size).to.equal(6);
    for (const [place, delivery] of told.deliveries) {
      const [order, number] = place.split("/").map(BigInt);
      const onChain = await deliveries.deliveryById(order!, number!);
      expectSame(plain(onChain), delivery);
      expect(delivery["status"]).to.equal(onChain.status);
    }
  });

  it("of receipts and capacity", async () => {
    const { receipts } = scene.contracts;
    const told = await ToldState.of(scene.contracts);
    expect(told.receipts.size).to.equal(5);
    for (const [id, receipt] of told.receipts)
      expectSame(plain(await receipts.receiptById(id)), receipt);
    for (const [warehouse, capacity] of told.capacities)
      expectSame(plain(await receipts.capacityOf(warehouse)), { used: 0n, ...capacity });
    const used = [...told.receipts.values()].reduce(
      (sum, r) => sum + (r["quantity"] as bigint),
      0n,
    );
    const { warehouse } = scene;
    expect(told.capacities.get(warehouse.address)?.["used"]).to.equal(used + 900_000n);
  });

  it("of receivables, loans and facilities", async () => {
    const { receivables, liens, facilities } = scene.contracts;
    const told = await ToldState.of(scene.contracts);
    expect(told.receivables.size).to.equal(4);
    for (const [id, receivable] of told.receivables)
      expectSame(plain(await receivables.receivableOf(id)), receivable);
    expect(told.loans.size).to.equal(2);
    for (const [root, loan] of told.loans) expectSame(plain(await liens.loanOf(root)), loan);
    expect(told.facilities.size).to.equal(2);
    for (const [id, facility] of told.facilities) {
      const onChain = await facilities.facilityById(id);
      expectSame(plain(onChain), facility);
      expect(facility["status"]).to.equal(onChain.status);
    }
  });

  /** Everything that can happen, once. */
  async function eventfulYear(): Promise<AcceptedOrder> {
    const trade = await acceptedOrder();
    const { buyer, cooperative, warehouse, lender, arbiter, stranger } = trade;
    const { contracts, addresses, facility, order } = trade;
    const receivable = (number: number): Promise<bigint> =>
      contracts.receivables.receivableId(order, number);
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
    await despatch(trade, order, 5, 1_000_000n);
    await buyer.deliveries.accept(order, 5, 0, 1_000_000n);
    await lender.facilities.lowerLimit(other, 1_00n);
    await lender.facilities.suspend(other);
    await lender.facilities.close(facility);
    await lender.facilities.setPayee(facility, stranger.address);
    return trade;
  }
});
