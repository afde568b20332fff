import { expect } from "chai";
import { Wallet } from "ethers";
import { parseStored, storedEvent } from "../../../backend/src/epcis/stored-event.ts";
import type { EpcisEvent, Json, JsonObject } from "../../../backend/src/proof/event.ts";
import { bytesOf, type Hex } from "../../../backend/src/proof/hex.ts";
import { leafOf } from "../../../backend/src/proof/leaf.ts";
import { MerkleTree } from "../../../backend/src/proof/merkle-tree.ts";
import { Namespaces } from "../../../backend/src/proof/namespaces.ts";
import { checkEvent, type ProvableEvent } from "../../../backend/src/proof/provable-event.ts";
import { coldStore, context, harvest, packing } from "../epcis/own-events.ts";

const party = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";

function pendingEvent(event: JsonObject, sequence = 1, its: Json = context): ProvableEvent {
  const { body, sha256, hash } = storedEvent(event as EpcisEvent, Namespaces.of(its));
  return { event: parseStored(body), party, sequence, sha256, hash, recordTime: 0, anchor: null };
}

function anchored(events: readonly ProvableEvent[]): (ProvableEvent & { anchor: object })[] {
  const tree = MerkleTree.of(events.map((event) => bytesOf(leafOf(event))));
  const place = { root: tree.root, first: 1, count: events.length, block: 7, at: 1_764_000_000 };
  const transaction: Hex = `0x${"77".repeat(32)}`;
  return events.map((event, index) => ({
    ...event,
    anchor: { ...place, transaction, by: party, index, proof: tree.proofOf(index) },
  }));
}

describe("Checking an event", () => {
  const [first, second, third] = anchored([
    pendingEvent(harvest(), 1),
    pendingEvent(packing(), 2),
    pendingEvent(coldStore(), 3),
  ]) as [ProvableEvent, ProvableEvent, ProvableEvent];

  it("leads a good one to the root to ask for", () => {
    for (const event of [first, second, third]) {
      expect(checkEvent(event)).to.deep.equal({ fault: undefined, root: first.anchor!.root });
    }
  });

  it("finds no fault in one that is pending, and no root", () => {
    expect(checkEvent(pendingEvent(harvest()))).to.deep.equal({
      fault: undefined,
      root: undefined,
    });
  });

  it("still holds after a journey through JSON", () => {
    const travelled = JSON.parse(JSON.stringify(second)) as ProvableEvent;
    expect(checkEvent(travelled).fault).to.equal(undefined);
  });

  it("names what was changed", () => {
    const changed = { ...second.event, eventTime: "2026-11-04T06:00:00.250Z" };
    expect(checkEvent({ ...second, event: changed }).fault).to.equal("sha256");
    const resealed = { ...second, event: changed, sha256: pendingEvent(changed).sha256 };
    expect(checkEvent(resealed).fault).to.equal("hash");
    expect(checkEvent({ ...second, hash: first.hash }).fault).to.equal("hash");
    expect(
      checkEvent({ ...second, ...pendingEvent(changed), anchor: second.anchor }).fault,
    ).to.equal("root");
    expect(checkEvent({ ...second, sequence: 4 }).fault).to.equal("root");
    expect(checkEvent({ ...second, party: Wallet.createRandom().address }).fault).to.equal("root");
    expect(checkEvent({ ...second, anchor: third.anchor }).fault).to.equal("root");
  });

  it("takes no root from a faulty one", () => {
    expect(checkEvent({ ...second, sequence: 4 }).root).to.equal(undefined);
  });

  it("refuses what has not the form, whatever it is", () => {
    const broken: readonly Record<string, unknown>[] = [
      { sha256: undefined },
      { hash: "AB".repeat(32) },
      { party: "0x12" },
      { sequence: 0 },
      { sequence: 1.5 },
      { event: null },
      { event: "text" },
      { anchor: undefined },
      { anchor: {} },
      { anchor: { ...second.anchor, root: "0x" } },
      { anchor: { ...second.anchor, proof: ["0x12"] } },
      { event: { ...second.event, "farm:note": "\ud800" } },
    ];
    for (const part of broken) {
      expect(checkEvent({ ...second, ...part }).fault).to.equal("form");
    }
  });

  it("needs of the document's context only what the event was stored with", () => {
    const its = [...context, { wide: "https://farm.example/" }];
    const whole = { "https://farm.example/notes/weather": "dry", "wide:fields": 3 };
    for (const event of [harvest(whole), packing(whole)]) {
      expect(checkEvent(pendingEvent(event, 1, its)).fault).to.equal(undefined);
    }
  });
});
