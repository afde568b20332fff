import { expect } from "chai";
import { AbiCoder, dataSlice, keccak256, ZeroAddress } from "ethers";
import { load } from "../support/chain.ts";
import { eventfulYear } from "../support/eventful-year.ts";
import type { AcceptedOrder } from "../support/scenes.ts";
import { ToldState } from "../support/told-state.ts";

type Fields = Record<string, unknown>;

/** What can be derived. */
const derived = new Set(["status"]);

const noProposal: Fields = { key: ZeroAddress, from: 0n };

/** As the contracts keep a kind of goods, or a lot. */
function halfHash(types: string[], values: unknown[]): string {
  return dataSlice(keccak256(AbiCoder.defaultAbiCoder().encode(types, values)), 0, 16);
}

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

  it("of parties, their keys, and what administration decided", async () => {
    const { parties } = scene.contracts;
    const told = await ToldState.of(scene.contracts);
    expect(told.parties.size).to.equal(10);
    for (const [id, party] of told.parties) {
      expectSame(plain(await parties.partyById(id)), party);
      expect(await parties.partyOf(party["key"] as string)).to.equal(id);
      expectSame(plain(await parties.proposalFor(id)), told.proposals.get(id) ?? noProposal);
    }
    expect(told.proposals.size).to.equal(1);
    expect(await parties.paused()).to.equal(told.isPaused);
    expect(await parties.retired()).to.equal(told.isRetired);
    // One was taken back, and three statements were handed in.
    expect(told.nonces.size).to.equal(4);
    for (const place of told.nonces) {
      const [contract, party, nonce] = place.split("/");
      const statements = scene.contracts[contract as "orders" | "deliveries" | "receivables"];
      expect(await statements.nonceUsed(party!, BigInt(nonce!))).to.equal(true);
    }
  });

  it("of who holds which claim", async () => {
    const { orders, receipts, receivables } = scene.contracts;
    const told = await ToldState.of(scene.contracts);
    for (const [claims, ids] of [
      [orders, told.orders],
      [receipts, told.receipts],
      [receivables, told.receivables],
    ] as const) {
      const held = [...told.holders].filter(([claim]) => ids.has(claim));
      for (const [claim, holder] of held) expect(await claims.ownerOf(claim)).to.equal(holder);
      for (const party of told.parties.keys()) {
        const own = held.filter(([, holder]) => holder === party).length;
        expect(await claims.balanceOf(party)).to.equal(BigInt(own));
      }
    }
  });

  it("of orders and deliveries", async () => {
    const { orders, deliveries } = scene.contracts;
    const told = await ToldState.of(scene.contracts);
    expect(told.orders.size).to.equal(4);
    for (const [id, order] of told.orders) {
      const onChain = await orders.orderById(id);
      expectSame(plain(onChain), order);
      const fulfilled = order["status"] === 2n && order["accepted"] === order["quantity"];
      expect(fulfilled ? 3n : order["status"]).to.equal(onChain.status);
    }
    expect(told.deliveries.size).to.equal(7);
    for (const [place, delivery] of told.deliveries) {
      const [order, number] = place.split("/").map(BigInt);
      const onChain = await deliveries.deliveryById(order!, number!);
      expectSame(plain(onChain), delivery);
      expect(delivery["status"]).to.equal(onChain.status);
    }
  });

  it("of what is anchored", async () => {
    const { provenance } = scene.contracts;
    const told = await ToldState.of(scene.contracts);
    expect(told.anchors.size).to.equal(2);
    let next = 1n;
    for (const [root, anchor] of told.anchors) {
      expectSame(plain(await provenance.anchorOf(root)), anchor);
      next += anchor["count"] as bigint;
    }
    expect(await provenance.next()).to.equal(next);
  });

  it("of receipts and capacity", async () => {
    const { receipts } = scene.contracts;
    const told = await ToldState.of(scene.contracts);
    expect(told.receipts.size).to.equal(6);
    for (const [id, receipt] of told.receipts) {
      expectSame(plain(await receipts.receiptById(id)), receipt);
      const { item, unit, lot } = receipt;
      const kind = [halfHash(["bytes32", "bytes3"], [item, unit]), halfHash(["bytes32"], [lot])];
      expect([...(await receipts.goodsById(id))]).to.deep.equal(kind);
    }
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
    expect(told.receivables.size).to.equal(5);
    for (const receivable of told.receivables.values()) {
      const { order, delivery } = receivable as Record<string, bigint>;
      expectSame(plain(await receivables.receivableOf(order!, delivery!)), receivable);
      const root = receivable["assigned"] === true ? 0n : order;
      expect(await receivables.rootOf(order!, delivery!)).to.equal(root);
    }
    expect(told.loans.size).to.equal(2);
    for (const [root, loan] of told.loans) {
      expectSame(plain(await liens.loanOf(root)), loan);
      expect(await facilities.isWrittenOff(root)).to.equal(told.writtenOff.has(root));
    }
    expect(told.writtenOff.size).to.equal(1);
    expect(told.facilities.size).to.equal(2);
    for (const [id, facility] of told.facilities) {
      const onChain = await facilities.facilityById(id);
      expectSame(plain(onChain), facility);
      expect(facility["status"]).to.equal(onChain.status);
    }
  });
});
