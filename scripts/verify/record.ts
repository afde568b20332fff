import { getAddress } from "ethers";
import type { Bundle } from "../../backend/src/proof/bundle.ts";
import { counted, hold, type Findings } from "./finding.ts";

/** Sequences without a gap are what a party has captured; here are those of one lineage, and the rest is said. */
export function checkRecord({ events, record }: Bundle, findings: Findings): void {
  const shown = new Map<string, number[]>();
  events.forEach(({ party, sequence }, place) => {
    const own = shown.get(party) ?? [];
    const last = own.at(-1) ?? 0;
    hold(
      sequence > last,
      `/events/${String(place)}/sequence`,
      "is not after the party's one before",
    );
    shown.set(party, [...own, sequence]);
  });
  record.forEach(({ party, last }, place) => {
    const pointer = `/record/${String(place)}`;
    const before = record[place - 1];
    hold(before === undefined || before.party < party, `${pointer}/party`, "is not in order");
    const own = shown.get(party);
    hold(own !== undefined, `${pointer}/party`, "has no event in this bundle");
    hold((own.at(-1) ?? 0) <= last, `${pointer}/last`, "is before an event that is in the bundle");
    findings.told.push(
      `${getAddress(party)} had captured ${counted(last, "event")}: here ` +
        `${own.length === 1 ? "is" : "are"} ${rangesOf(own)}; the others are of other goods, or were ` +
        "left out by whoever made the bundle",
    );
  });
  const missing = [...shown.keys()].find((party) => record.every((each) => each.party !== party));
  hold(missing === undefined, "/record", `does not say how much ${missing ?? ""} has captured`);
}

/** "1–3, 7" */
function rangesOf(numbers: readonly number[]): string {
  const ranges: [from: number, to: number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges
    .map(([from, to]) => (from === to ? String(from) : `${String(from)}–${String(to)}`))
    .join(", ");
}
