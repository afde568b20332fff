const gs1 = "https://id.gs1.org";

/**
 * A kind of goods and no lot of them: a GTIN alone, or another GS1 key without its serial number. All that was ever made
 * of it is no lineage.
 */
export function isKindOfGoods(uri: string): boolean {
  return (
    uri.startsWith(gs1) &&
    /^\/(?:01\/\d{14}|8003\/\d{14}|(?:253|255)\/\d{13}|8006\/\d{18})$/.test(uri.slice(gs1.length))
  );
}

/** A crate, a pallet that comes back, a vehicle, a logger: what it did before and after is other goods' lineage. */
export function isEquipment(uri: string): boolean {
  return uri.startsWith(gs1) && /^\/(?:8003|8004)\//.test(uri.slice(gs1.length));
}

/** Something may be aggregated in a place; what else is there has nothing to do with it. */
export function isPlace(uri: string): boolean {
  return (
    uri.startsWith("geo:") ||
    (uri.startsWith(gs1) && /^\/(?:414|417)\//.test(uri.slice(gs1.length)))
  );
}
