import type { Bundle } from "../../backend/src/proof/bundle.ts";
import type { Hex } from "../../backend/src/proof/hex.ts";
import { checkEvent, type ProvableEvent } from "../../backend/src/proof/provable-event.ts";
import { counted, DoesNotHold, hold, type Findings } from "./finding.ts";

const eventFaults = {
  form: "has not the form of a provable event",
  sha256: "the event is another one than its sha-256 says",
  hash: "the event has another CBV hash",
  root: "the event's leaf and proof do not lead to the root",
} as const;

/** Recomputes every event up to the root of its tree. */
export function checkEvents({ events }: Bundle, findings: Findings): void {
  const trees = new Map<Hex, { readonly place: number; readonly tree: string }>();
  events.forEach((event, place) => {
    const pointer = `/events/${String(place)}`;
    const { fault } = checkEvent(event);
    if (fault !== undefined) {
      const part = fault === "root" ? "/anchor/proof" : fault === "form" ? "" : `/${fault}`;
      throw new DoesNotHold(pointer + part, eventFaults[fault]);
    }
    checkOrder(pointer, events[place - 1], event);
    const { anchor } = event;
    if (anchor === null) return;
    hold(anchor.index < anchor.count, `${pointer}/anchor/index`, "is beyond the tree");
    const { index, proof, ...tree } = anchor;
    const known = trees.get(tree.root);
    const said = JSON.stringify(tree);
    if (known === undefined) trees.set(tree.root, { place, tree: said });
    else {
      const other = `/events/${String(known.place)}`;
      hold(
        known.tree === said,
        `${pointer}/anchor`,
        `says otherwise of the same root than ${other}`,
      );
    }
    hold(
      proof.length <= Math.ceil(Math.log2(anchor.count)) + 1 && index >= 0,
      `${pointer}/anchor/count`,
      "has fewer leaves than the proof needs",
    );
  });
  const pending = events.filter(({ anchor }) => anchor === null).length;
  const anchored = events.length - pending;
  findings.checked.push(
    `${counted(events.length, "event")}: sha-256 and CBV hash are recomputed; ` +
      `${counted(anchored, "leaf leads", "leaves lead")} to ${counted(trees.size, "root")}`,
  );
  if (pending > 0) {
    findings.told.push(`${counted(pending, "event is", "events are")} pending: not anchored yet`);
  }
}

/** The record's order is that of the time of recording; of what is anchored, that of the trees; of a party, its own. */
function checkOrder(
  pointer: string,
  before: ProvableEvent | undefined,
  event: ProvableEvent,
): void {
  if (before === undefined) return;
  const says = "is not in the order of the record";
  hold(before.recordTime <= event.recordTime, `${pointer}/recordTime`, says);
  hold(before.anchor !== null || event.anchor === null, `${pointer}/anchor`, says);
  if (before.anchor !== null && event.anchor !== null) {
    const placeOf = ({ first, index }: typeof event.anchor): number => first + index;
    hold(placeOf(before.anchor) < placeOf(event.anchor), `${pointer}/anchor/index`, says);
  }
}
