import { expect } from "chai";
import type { Trace } from "../../../backend/src/trace/trace.ts";
import { claimId, partyId, ToldLedger } from "../../support/told-ledger.ts";
import { about, grown, made, packed, seen, sscc, uriOf, wrong } from "./told.ts";

const coop = partyId(1);
const store = partyId(8);
const otherStore = partyId(9);
const receipt = (number: number): string => `urn:sheaf:receipt:${claimId(number)}`;
const kg = (kilograms: number): bigint => BigInt(kilograms) * 1000n;

describe("Receipts and the events of their goods", function () {
  this.timeout(60_000);
  let ledger: ToldLedger;

  beforeEach(async () => {
    ledger = await ToldLedger.open();
  });

  afterEach(() => ledger.close());

  const flags = (trace: Trace): string[] =>
    trace.flags.map(({ code, details }) => `${code} ${details["amount"] ?? ""}`.trim());

  it("are tied by the events that name both, from either side", async () => {
    await ledger.weighIn({ id: claimId(1), issuedQuantity: kg(500) });
    await ledger.tell(coop, grown(1, [["a", 500]]));
    await ledger.tell(store, seen("receiving", 2, [["a", 500]], about(receipt(1))));
    for (const name of [claimId(1), receipt(1), uriOf("a")]) {
      const trace = await ledger.trace(name);
      expect(trace.start).to.deep.equal([uriOf("a")]);
      expect(trace.events).to.have.length(2);
      expect(flags(trace)).to.deep.equal([]);
      expect(trace.balances[0]?.amounts.filter(({ party }) => party === store)).to.deep.equal([
        { kind: "received", quantity: "500", party: store },
        { kind: "receipted", quantity: "500", party: store },
        { kind: "inStore", quantity: "500", party: store },
      ]);
    }
  });

  it("count what is in store at all warehouses: goods are pledged once", async () => {
    const lot = { lot: "A", depositor: coop };
    await ledger.weighIn({ id: claimId(1), issuedQuantity: kg(500), ...lot });
    await ledger.weighIn({
      id: claimId(2),
      issuedQuantity: kg(500),
      warehouse: otherStore,
      ...lot,
    });
    await ledger.weighIn({
      id: claimId(3),
      issuedQuantity: kg(500),
      ...lot,
      depositor: partyId(2),
    });
    await ledger.weighIn({ id: claimId(4), issuedQuantity: kg(500), ...lot, itemCode: "BARLEY" });
    await ledger.tell(coop, grown(1, [["a", 500]]));
    await ledger.tell(store, seen("receiving", 2, [["a", 500]], about(receipt(1))));
    expect(flags(await ledger.trace(receipt(1)))).to.deep.equal(["MoreThanCommissioned inStore"]);
  });

  it("count goods that were split off, came back or moved on only once", async () => {
    const lot = { lot: "A", depositor: coop };
    await ledger.weighIn({ id: claimId(1), issuedQuantity: kg(500), quantity: kg(100), ...lot });
    await ledger.weighIn({
      id: claimId(2),
      parent: claimId(1),
      serial: 1,
      issuedQuantity: kg(200),
      ...lot,
    });
    await ledger.weighIn({
      id: claimId(3),
      returnedOrder: claimId(9),
      returnedDelivery: 1,
      issuedQuantity: kg(100),
      ...lot,
    });
    await ledger.weighIn({
      id: claimId(4),
      warehouse: otherStore,
      issuedQuantity: kg(100),
      ...lot,
    });
    await ledger.tell(coop, grown(1, [["a", 0.5, "TNE"]]));
    await ledger.tell(store, seen("receiving", 2, [["a", 500]], about(receipt(1))));
    expect(flags(await ledger.trace(receipt(2)))).to.deep.equal([]);
  });

  it("are found by GTIN and lot number, without an event that names them", async () => {
    const gtin = "09500001123452";
    await ledger.weighIn({
      id: claimId(1),
      issuedQuantity: kg(6),
      itemCode: "9500001123452",
      lot: "M/17",
    });
    await ledger.tell(coop, grown(1, [["urn:epc:class:lgtin:9500001.012345.M%2F17", 5]]));
    const lot = `https://id.gs1.org/01/${gtin}/10/M%2F17`;
    const trace = await ledger.trace(claimId(1));
    expect(trace.start).to.deep.equal([lot]);
    expect(flags(trace)).to.deep.equal([
      "MoreThanCommissioned receipted",
      "MoreThanCommissioned inStore",
    ]);
    expect(flags(await ledger.trace(lot))).to.deep.equal(flags(trace));
  });

  it("are of the goods that a transformation made for them, not of those it used", async () => {
    await ledger.weighIn({ id: claimId(1), issuedQuantity: kg(70), lot: "B" });
    await ledger.tell(coop, grown(1, [["a", 100]]));
    await ledger.tell(store, made(2, [["a", 100]], [["b", 70]], about(receipt(1))));
    const trace = await ledger.trace(receipt(1), { direction: "backward" });
    expect(trace.start).to.deep.equal([uriOf("b")]);
    expect(
      trace.nodes.filter(({ relation }) => relation === "ancestor").map(({ id }) => id),
    ).to.deep.equal([uriOf("a")]);
    expect(flags(trace)).to.deep.equal([]);
  });

  it("lead from an order with very many lots to no more events than were asked for", async () => {
    const order = `urn:sheaf:order:${claimId(5)}`;
    const lots = Array.from({ length: 300 }, (_, at) => `lot-${String(at)}`);
    await ledger.tell(
      coop,
      ...lots.flatMap((lot, at) => [
        grown(at, [[lot, 1]]),
        seen("shipping", at + 1, [[lot, 1]], about(order)),
      ]),
    );
    const trace = await ledger.trace(order, { direction: "both", most: 40 });
    expect(trace.events).to.have.length(40);
    expect(trace.isWhole).to.equal(false);
    const one = await ledger.trace(uriOf("lot-7"));
    expect(one.events).to.have.length(2);
  });

  it("are named on pallets too, and not by what was declared wrong", async () => {
    await ledger.weighIn({ id: claimId(1), issuedQuantity: kg(10) });
    const mistaken = seen("receiving", 3, [["other", 10]], about(receipt(1)));
    await ledger.tell(coop, grown(1, [["a", 10]]), packed(2, sscc(1), [["a", 10]]));
    await ledger.tell(
      store,
      mistaken,
      wrong(mistaken),
      seen("receiving", 3, [sscc(1)], about(receipt(1))),
    );
    const trace = await ledger.trace(receipt(1), { direction: "backward" });
    expect(trace.start).to.deep.equal([sscc(1)]);
    expect(trace.nodes.some(({ id }) => id === uriOf("a"))).to.equal(true);
    expect(trace.events).to.have.length(5);
    expect(flags(trace)).to.deep.equal([]);
  });
});
