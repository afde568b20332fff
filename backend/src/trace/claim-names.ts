/** The kinds of claims that events name, as docs/epcis.md has them. */
export type ClaimKind = "order" | "delivery" | "receipt" | "receivable";

/** @param id of a delivery: its order's, a colon and its number */
export function claimName(kind: ClaimKind, id: string): string {
  return `urn:sheaf:${kind}:${id}`;
}

/** What a name stands for; undefined for what is no name of a claim. */
export function readClaimName(uri: string): { kind: ClaimKind; id: string } | undefined {
  const match =
    /^urn:sheaf:(?:(order|receipt|receivable):(0x[0-9a-f]{64})|(delivery):(0x[0-9a-f]{64}:[1-9]\d{0,4}))$/i.exec(
      uri,
    );
  if (match === null) return undefined;
  const [, one, id, delivery, place] = match;
  return {
    kind: (one ?? delivery ?? "").toLowerCase() as ClaimKind,
    id: (id ?? place ?? "").toLowerCase(),
  };
}
