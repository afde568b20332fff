import { expect } from "chai";
import type { LedgerEvent } from "../../web/src/api/shapes.ts";
import { actsOf } from "../../web/src/features/provenance/acts.ts";

function event(kind: string, transaction: string): LedgerEvent {
  return {
    kind,
    title: kind,
    at: "2026-11-04T10:00:00+08:00",
    by: null,
    details: {},
    block: 1,
    transaction,
  };
}

describe("the timeline of a claim", () => {
  it("tells what one transaction did as one act, named by what people did", () => {
    const acts = actsOf([
      event("LienPlaced", "0x01"),
      event("DrawnDown", "0x01"),
      event("LoanSettled", "0x02"),
      event("LienReleased", "0x02"),
      event("ReceivablePaid", "0x02"),
    ]);
    expect(acts.map(({ main }) => main.kind)).to.deep.equal(["DrawnDown", "ReceivablePaid"]);
    expect(acts[1]?.consequences.map(({ kind }) => kind)).to.deep.equal([
      "LoanSettled",
      "LienReleased",
    ]);
  });

  it("names a payment by what was paid, not by what its holder could not receive", () => {
    const [act] = actsOf([
      event("HolderCouldNotReceive", "0x04"),
      event("LoanSettled", "0x04"),
      event("ReceivablePaid", "0x04"),
    ]);
    expect(act?.main.kind).to.equal("ReceivablePaid");
  });

  it("names an act by a consequence when nothing else happened", () => {
    const [act] = actsOf([event("Earmarked", "0x03")]);
    expect(act?.main.kind).to.equal("Earmarked");
    expect(act?.consequences).to.deep.equal([]);
  });

  it("keeps the order in which things happened", () => {
    const acts = actsOf([event("OrderIssued", "0x0b"), event("OrderAccepted", "0x0a")]);
    expect(acts.map(({ transaction }) => transaction)).to.deep.equal(["0x0b", "0x0a"]);
  });
});
