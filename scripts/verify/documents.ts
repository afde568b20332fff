import { getAddress } from "ethers";
import type { Bundle } from "../../backend/src/proof/bundle.ts";
import { faultOfField } from "../../backend/src/proof/document.ts";
import { carriersOf } from "./carriers.ts";
import { counted, hold, type Findings } from "./finding.ts";

/** Whether disclosed fields lead to roots that something here has committed somebody to. */
export function checkDocuments(bundle: Bundle, findings: Findings): void {
  const { documents } = bundle;
  const roots = new Set<string>();
  documents.forEach((document, place) => {
    const pointer = `/documents/${String(place)}`;
    hold(!roots.has(document.root), `${pointer}/root`, "is there twice");
    roots.add(document.root);
    const names = new Set<string>();
    document.fields.forEach((field, at) => {
      const own = `${pointer}/fields/${String(at)}`;
      hold(!names.has(field.name), `${own}/name`, "is there twice");
      names.add(field.name);
      const fault = faultOfField(document, field);
      hold(fault === undefined, own, "the field's leaf and proof do not lead to the root");
    });
    const { events, claims } = carriersOf(bundle, document.root);
    hold(
      events.length + claims.length > 0,
      `${pointer}/root`,
      "no event and no claim of this bundle carries it",
    );
    const who = getAddress(document.party);
    const isOwn = events.some((at) => bundle.events[at]?.party === document.party);
    findings.told.push(
      `${pointer}, ${document.kind}, ${isOwn ? `which ${who} has named in an event` : `said to be of ${who}`}, shows ` +
        document.fields.map(({ name, value }) => `${name}: ${value}`).join("; "),
    );
  });
  if (documents.length === 0) return;
  const fields = documents.reduce((sum, document) => sum + document.fields.length, 0);
  findings.checked.push(
    `${counted(fields, "disclosed field")} of ${counted(documents.length, "document")}: ` +
      "leaves lead to their roots, which events or claims carry",
  );
}
