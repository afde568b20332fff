import { expect } from "chai";
import type { Flag, Trace } from "../../../backend/src/trace/trace.ts";
import { partyId, ToldLedger } from "../../support/told-ledger.ts";
import { declaredLoss, grown, made, packed, seen, sscc, unpacked, uriOf, wrong } from "./told.ts";

const [coop, mill, store, shop, shop2] = [1, 2, 3, 4, 5].map(partyId) as [
  ...[string, string, string, string, string],
];

/** Things of an answer by their short names. */
function things(trace: Trace, ...relations: readonly string[]): string[] {
  return trace.nodes
    .filter(
      ({ relation }) =>
        relation !== undefined && (relations.length === 0 || relations.includes(relation)),
    )
    .map(({ id }) => id.replace("https://coop.example/lots/", ""))
    .sort();
}

function codes(trace: Trace): string[] {
  return trace.flags
    .map(({ code, about }) => `${code} ${about.replace("https://coop.example/lots/", "")}`)
    .sort();
}

function steps(trace: Trace): string[] {
  return trace.events.map(({ body }) => {
    const event = JSON.parse(body) as { bizStep?: string; type: string };
    return event.bizStep ?? event.type;
  });
}

function balance(trace: Trace, id: string): readonly string[] {
  const found = trace.balances.find((each) => each.id === uriOf(id));
  return found === undefined ? [] : [found.in, found.out, found.left];
}

function flag(trace: Trace, code: string): Flag["details"] | undefined {
  return trace.flags.find((each) => each.code === code)?.details;
}

describe("Tracing goods", function () {
  this.timeout(60_000);
  let ledger: ToldLedger;

  beforeEach(async () => {
    ledger = await ToldLedger.open();
  });

  afterEach(() => ledger.close());

  it("from a mixed lot back to each field, and to no other", async () => {
    await ledger.tell(
      coop,
      grown(1, [["field-1", 600]]),
      grown(1, [["field-2", 400.25]]),
      grown(1, [["field-3", 800]]),
      made(
        3,
        [
          ["field-1", 600],
          ["field-2", 400.25],
        ],
        [["mixed", 1000.25]],
      ),
      made(3, [["field-3", 800]], [["pure", 800]]),
    );
    const trace = await ledger.trace(uriOf("mixed"), { direction: "backward" });
    expect(things(trace)).to.deep.equal(["field-1", "field-2", "mixed"]);
    expect(trace.events).to.have.length(3);
    expect(codes(trace)).to.deep.equal([]);
    expect(balance(trace, "field-2")).to.deep.equal(["400.25", "400.25", "0"]);
    expect(trace.isWhole).to.equal(true);
  });

  it("through a mill, whose loss is declared", async () => {
    const milled = (loss: number, out: number) =>
      made(
        4,
        [["paddy", 1, "TNE"]],
        [
          ["rice", out],
          ["bran", 70_000, "GRM"],
        ],
        declaredLoss(loss),
      );
    await ledger.tell(coop, grown(1, [["paddy", 1, "TNE"]]));
    await ledger.tell(mill, milled(230.5, 699.5));
    const whole = await ledger.trace(uriOf("rice"));
    expect(codes(whole)).to.deep.equal([]);
    const transformation = whole.balances.find((each) => each.of === "transformation");
    expect(transformation).to.include({ unit: "KGM", in: "1000", out: "1000", left: "0" });
    await ledger.tell(mill, { ...milled(230.5, 699.501), eventTime: "2026-09-01T05:00:00Z" });
    const twice = await ledger.trace(uriOf("rice"));
    expect(codes(twice)).to.include.members(["MoreOutThanIn paddy"]);
    expect(
      twice.flags.find(({ details }) => details["amount"] === "output")?.details,
    ).to.deep.equal({ amount: "output", quantity: "1000.001", most: "1000", unit: "KGM" });
  });

  it("across a transformation that several events tell of", async () => {
    const line = { transformationID: "urn:uuid:7d3f4b4e-6a0e-4a7c-9d4b-1f0f5a7a0001" };
    await ledger.tell(
      coop,
      grown(1, [["a", 10]]),
      grown(1, [["b", 20]]),
      made(2, [["a", 10]], [], line),
      made(3, [["b", 20]], [], line),
      made(4, [], [["c", 30]], line),
    );
    const back = await ledger.trace(uriOf("c"), { direction: "backward" });
    expect(things(back)).to.deep.equal(["a", "b", "c"]);
    expect(codes(back)).to.deep.equal([]);
    const forth = await ledger.trace(uriOf("a"), { direction: "forward" });
    expect(things(forth)).to.deep.equal(["a", "c"]);
  });

  it("on pallets that are repacked: the lot's journey is theirs, what else they carry is not its kin", async () => {
    await ledger.tell(
      coop,
      grown(1, [["rice", 500]]),
      grown(1, [["beans", 300]]),
      packed(2, sscc(1), [
        ["rice", 200],
        ["beans", 300],
      ]),
      packed(2, sscc(2), [["rice", 300]]),
      seen("shipping", 3, [sscc(1)]),
    );
    await ledger.tell(
      store,
      seen("receiving", 5, [sscc(1)]),
      unpacked(6, sscc(1)),
      packed(7, sscc(3), [["rice", 200]]),
      seen("shipping", 8, [sscc(3)]),
      packed(9, sscc(1), [["beans", 300]]),
      seen("shipping", 10, [sscc(1)]),
    );
    await ledger.tell(
      shop,
      seen("receiving", 12, [sscc(3)]),
      unpacked(13, sscc(3), [["rice", 200]]),
    );
    const forth = await ledger.trace(uriOf("rice"), { direction: "forward" });
    expect(things(forth)).to.deep.equal([sscc(1), sscc(2), sscc(3), "rice"].sort());
    expect(steps(forth)).to.deep.equal([
      ...["commissioning", "packing", "packing", "shipping", "receiving", "unpacking", "packing"],
      ...["shipping", "receiving", "unpacking"],
    ]);
    const pallet = await ledger.trace(sscc(3), { direction: "backward" });
    expect(things(pallet)).to.deep.equal([sscc(1), sscc(3), "rice"].sort());
    expect(codes(pallet)).to.deep.equal([]);
  });

  it("and finds goods that were sold twice", async () => {
    await ledger.tell(
      coop,
      grown(1, [["rice", 1000]]),
      seen("shipping", 2, [["rice", 1000]]),
      seen("shipping", 3, [["rice", 0.001]]),
    );
    const trace = await ledger.trace(uriOf("rice"));
    expect(codes(trace)).to.deep.equal(["MoreSentThanHad rice", "MoreThanCommissioned rice"]);
    expect(flag(trace, "MoreThanCommissioned")).to.deep.equal({
      ...{ amount: "sent", quantity: "1000.001", most: "1000", unit: "KGM", party: coop },
    });
  });

  it("and finds pallets that hold more than there ever was, those of other parts of the lot too", async () => {
    await ledger.tell(
      coop,
      grown(1, [["rice", 1000]]),
      ...Array.from({ length: 11 }, (_, at) => packed(2 + at, sscc(at + 1), [["rice", 100]])),
    );
    const one = await ledger.trace(sscc(3), { direction: "backward" });
    expect(things(one)).to.deep.equal([sscc(3), "rice"].sort());
    expect(flag(one, "MoreThanCommissioned")).to.include({ amount: "packed", quantity: "1100" });
    await ledger.tell(coop, unpacked(20, sscc(11)));
    expect(codes(await ledger.trace(sscc(3), { direction: "backward" }))).to.deep.equal([]);
  });

  it("without what was declared wrong, which stays to be seen", async () => {
    const mistaken = grown(1, [["rice", 9000]]);
    await ledger.tell(coop, mistaken, grown(1, [["rice", 900]]));
    await ledger.tell(coop, seen("shipping", 2, [["rice", 950]]));
    expect(codes(await ledger.trace(uriOf("rice")))).to.deep.equal([]);
    await ledger.tell(coop, wrong(mistaken));
    const trace = await ledger.trace(uriOf("rice"));
    expect(trace.events).to.have.length(4);
    expect(
      trace.edges.filter(({ isDeclaredWrong, kind }) => isDeclaredWrong && kind === "object"),
    ).to.have.length(2);
    expect(balance(trace, "rice")[0]).to.equal("900");
    expect(codes(trace)).to.include.members(["DeclaredWrong rice", "MoreThanCommissioned rice"]);
  });

  it("forward from a bad field to every shop", async () => {
    await ledger.tell(
      coop,
      grown(1, [["bad", 100]]),
      grown(1, [["good", 100]]),
      made(
        2,
        [
          ["bad", 60],
          ["good", 40],
        ],
        [["batch-1", 100]],
      ),
      made(2, [["bad", 40]], [["batch-2", 40]]),
      made(2, [["good", 60]], [["batch-3", 60]]),
      packed(3, sscc(1), [["batch-1", 100]]),
      packed(3, sscc(2), [["batch-2", 40]]),
      packed(3, sscc(3), [["batch-3", 60]]),
    );
    await ledger.tell(shop, seen("receiving", 5, [sscc(1)]));
    await ledger.tell(shop2, seen("receiving", 5, [sscc(2)]), seen("receiving", 5, [sscc(3)]));
    await ledger.tell(coop, seen("holding", 9, [["bad", 100]], { disposition: "recalled" }));
    const trace = await ledger.trace(uriOf("bad"), { direction: "forward" });
    const told = trace.events.filter(({ party }) => party === shop || party === shop2);
    expect(told.map(({ party }) => party)).to.deep.equal([shop, shop2]);
    expect(things(trace)).to.deep.equal(["bad", "batch-1", "batch-2", sscc(1), sscc(2)].sort());
    expect(codes(trace)).to.deep.equal(["Recalled bad"]);
    const bought = await ledger.trace(sscc(1), { direction: "backward" });
    expect(codes(bought)).to.deep.equal(["Recalled bad"]);
    expect(codes(await ledger.trace(sscc(3), { direction: "backward" }))).to.deep.equal([]);
  });
});
