import type { Bundle } from "../../backend/src/proof/bundle.ts";
import { objectsOf, textOf } from "../../backend/src/proof/event.ts";
import type { Hex } from "../../backend/src/proof/hex.ts";

/** What of a bundle names a document's root: events by their place, claims by theirs. */
export function carriersOf(
  { events, claims }: Pick<Bundle, "events" | "claims">,
  root: Hex,
): { readonly events: readonly number[]; readonly claims: readonly number[] } {
  const name = `urn:sheaf:document:${root}`;
  return {
    events: events.flatMap(({ event }, place) =>
      objectsOf(event["bizTransactionList"]).some((item) => textOf(item["bizTransaction"]) === name)
        ? [place]
        : [],
    ),
    claims: claims.flatMap(({ termsRoot }, place) => (termsRoot === root ? [place] : [])),
  };
}
