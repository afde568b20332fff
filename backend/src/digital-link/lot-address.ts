import { BadInput } from "../http/bad-input.ts";
import { canonicalKey, faultOfKey } from "../proof/gs1-key.ts";

const gs1 = "https://id.gs1.org";
/** GS1's 82 characters that a lot or a serial number may have, up to 20 of them. */
const attribute = /^[!"%-?A-Z_a-z]{1,20}$/;
/** What an address can show as it is. */
const plain = /^https:\/\/[\w.~-]+(?::\d+)?(?:\/[\w.~@:-]+)+$/;
const longest = 500;

/** What a label names: a lot, and the single item of it where it says so. Each by the URI under which events name it. */
export interface Named {
  readonly lot: string;
  readonly item: string | undefined;
}

/**
 * What a Digital Link `/01/{gtin}/10/{lot}/21/{serial}` names.
 * @throws BadInput for a check digit that is wrong, and what else cannot be
 */
export function namedByKeys(gtin: string, lot: string, serial?: string): Named {
  if (!/^(?:\d{8}|\d{12,14})$/.test(gtin)) {
    throw BadInput.in("gtin", "must be a GTIN of 8, 12, 13 or 14 digits");
  }
  if (!attribute.test(lot)) throw BadInput.in("lot", lotRule);
  if (serial !== undefined && !attribute.test(serial)) throw BadInput.in("serial", lotRule);
  const written = `${gs1}/01/${gtin}/10/${encodeURIComponent(lot)}`;
  const fault = faultOfKey(written);
  if (fault !== undefined) throw BadInput.in("gtin", fault);
  const item = serial && canonicalKey(`${written}/21/${encodeURIComponent(serial)}`);
  return { lot: canonicalKey(written) ?? written, item };
}

const lotRule =
  "must have 1 to 20 characters of those that GS1 allows in a batch or a serial number";

/**
 * What `/lot/{name}` names: a URI of the cooperative's own; `https://` may be left out.
 * @throws BadInput for what is no URI with something after its host
 */
export function namedByUri(name: string): Named {
  const uri = /^(?:https?:\/\/|urn:|tag:)/i.test(name) ? name : `https://${name}`;
  const isUri = /^(?:https?:\/\/[^/?#\s]+\/[^\s]*[^\s/]|(?:urn|tag):[^\s:]+:[^\s]+)$/i.test(uri);
  if (!isUri || uri.length > longest) {
    throw BadInput.in("name", "must be the URI of a lot, with a host and a path");
  }
  const fault = faultOfKey(uri);
  if (fault !== undefined) throw BadInput.in("name", fault);
  return { lot: canonicalKey(uri) ?? uri, item: undefined };
}

/** Where a lot's page is, from the root of the server: by its keys if GS1 gave them, else by its own name. */
export function pathOf(lot: string): string {
  if (/^https:\/\/id\.gs1\.org\/01\/\d{14}\/10\/[^/]+$/.test(lot)) return lot.slice(gs1.length);
  return `/lot/${plain.test(lot) ? lot.slice("https://".length) : encodeURIComponent(lot)}`;
}

/** What people call it: the last part of its name. */
export function nameOf(lot: string): string {
  const last = /[^/:#]+$/.exec(lot)?.[0] ?? lot;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

/** The GTIN of a lot that GS1's keys name. */
export function gtinOf(lot: string): string | undefined {
  return /^https:\/\/id\.gs1\.org\/01\/(\d{14})\/10\//.exec(lot)?.[1];
}
