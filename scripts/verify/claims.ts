import { getAddress } from "ethers";
import type { Bundle } from "../../backend/src/proof/bundle.ts";
import { hold, type Findings } from "./finding.ts";

/** Whether the bundle says of every root, and of no other, if there is a lien on it. */
export function checkClaims({ claims, liens }: Bundle, findings: Findings): void {
  const ids = new Set<string>();
  claims.forEach(({ id, kind, root }, place) => {
    const pointer = `/claims/${String(place)}`;
    hold(!ids.has(id), `${pointer}/id`, "is there twice");
    ids.add(id);
    hold(kind !== "order" || root === id, `${pointer}/root`, "an order is its own root");
    if (root === null) return;
    const lien = liens.some((each) => each.root === root);
    hold(lien, "/liens", `does not say whether ${root} is encumbered, the root of ${id}`);
  });
  const roots = new Set<string>();
  liens.forEach(({ root, isEncumbered, lender, facility, transaction }, place) => {
    const pointer = `/liens/${String(place)}`;
    hold(!roots.has(root), `${pointer}/root`, "is there twice");
    roots.add(root);
    const isRoot = claims.some((claim) => claim.root === root);
    hold(isRoot, `${pointer}/root`, "is the root of no claim of this bundle");
    const isTold = [lender, facility, transaction].every(
      (each) => (each !== null) === isEncumbered,
    );
    hold(isTold, pointer, "says of a lien who has it and since when, if and only if there is one");
    findings.told.push(
      isEncumbered
        ? `${root} is encumbered, by ${getAddress(lender ?? "")}`
        : `${root} is not encumbered`,
    );
  });
}
