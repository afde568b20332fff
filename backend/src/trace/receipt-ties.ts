import { Injectable } from "@nestjs/common";
import { Database } from "../database/database.ts";
import { linkRoles, type LinkRole } from "../epcis/link-roles.ts";
import { ReceiptRow } from "../warehouse/receipt.entity.ts";
import { readClaimName } from "./claim-names.ts";
import { counted } from "./declarations.ts";
import { LotReceipts } from "./lot-receipts.ts";
import type { ToldEvent } from "./told-event.ts";

/** The goods that an event is about where it names a claim: what a transformation makes, not what it uses. */
export function goodsOf({ things }: ToldEvent): string[] {
  const isTransformation = things.some(({ role }) => outputs.includes(role));
  const isPacked = things.some(
    ({ role }) => role === linkRoles.child || role === linkRoles.childQuantity,
  );
  return things
    .filter(({ role }) => {
      if (isTransformation) return outputs.includes(role);
      return isPacked ? role === linkRoles.parent : true;
    })
    .map(({ uri }) => uri);
}

const outputs: readonly LinkRole[] = [linkRoles.outputEpc, linkRoles.outputQuantity];

/** Ties lots of the events to receipts of the ledger. */
@Injectable()
export class ReceiptTies {
  constructor(private readonly database: Database) {}

  /**
   * The receipts of each lot: those that its events name together with it alone; those that say the GTIN and the lot
   * number of its URI; and all of the same depositor, item and lot number as one of these.
   */
  async of(lots: ReadonlyMap<string, readonly ToldEvent[]>): Promise<Map<string, LotReceipts>> {
    const named = new Map([...lots].map(([uri, events]) => [uri, receiptsNamed(uri, events)]));
    const shared = inSeveral([...named.values()]);
    const ids = [...new Set([...named.values()].flat())].filter((id) => !shared.has(id));
    const { rows } = this.database;
    const known = await rows.all(ReceiptRow, { id: ids });
    const spelled = new Map([...lots.keys()].map((uri) => [uri, spelledIn(uri)]));
    const texts = [...spelled.values()].filter((each) => each !== undefined).map(({ lot }) => lot);
    const same = await rows.all(ReceiptRow, {
      lot: [...new Set([...known.map(({ lot }) => lot), ...texts])],
    });
    return new Map(
      [...lots.keys()].map((uri) => {
        const ids = named.get(uri) ?? [];
        const own = known.filter(({ id }) => ids.includes(id));
        const code = spelled.get(uri);
        const all = same.filter(
          (row) =>
            own.some((one) => isSameLot(one, row)) ||
            (code?.lot === row.lot && code.itemCodes.includes(row.itemCode)),
        );
        return [uri, new LotReceipts(all)];
      }),
    );
  }
}

function receiptsNamed(uri: string, events: readonly ToldEvent[]): string[] {
  const ids = counted(events)
    .filter((event) => {
      const goods = goodsOf(event);
      return goods.length === 1 && goods[0] === uri;
    })
    .flatMap(({ transactions }) => transactions)
    .map(readClaimName)
    .flatMap((claim) => (claim?.kind === "receipt" ? [claim.id] : []));
  return [...new Set(ids)];
}

/** A receipt that is of several lots says of none how much there is. */
function inSeveral(lists: readonly (readonly string[])[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const id of lists.flat()) (seen.has(id) ? twice : seen).add(id);
  return twice;
}

function isSameLot(a: ReceiptRow, b: ReceiptRow): boolean {
  return a.lot === b.lot && a.depositor === b.depositor && a.itemCode === b.itemCode;
}

/** The item codes and the lot number of a GTIN with a lot. */
function spelledIn(uri: string): { itemCodes: string[]; lot: string } | undefined {
  const match = /^https:\/\/id\.gs1\.org\/01\/(\d{14})\/10\/(.+)$/.exec(uri);
  if (match === null) return undefined;
  const [, gtin = "", lot = ""] = match;
  const shorter = [13, 12, 8].map((length) => gtin.slice(-length));
  const itemCodes = [gtin, ...shorter.filter((code) => code.padStart(14, "0") === gtin)];
  return { itemCodes, lot: decoded(lot) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The lots that a receipt of goods with a GTIN would be of. */
export function lotNamedBy({ itemCode, lot }: ReceiptRow): string | undefined {
  if (!/^\d{8}$|^\d{12,14}$/.test(itemCode)) return undefined;
  return `https://id.gs1.org/01/${itemCode.padStart(14, "0")}/10/${encodeURIComponent(lot)}`;
}
