import type { Database } from "../../../backend/src/database/database.ts";
import { storedEvent, type StoredEvent } from "../../../backend/src/epcis/stored-event.ts";
import type { EpcisEvent } from "../../../backend/src/proof/event.ts";
import { Namespaces } from "../../../backend/src/proof/namespaces.ts";
import { Bulk } from "./bulk.ts";
import { batchOf, eventContext, type Batch } from "./harvests.ts";

/** Batches that are under way at the same time: the events of one stand apart in the record. */
const underWay = 400;
/** Events that are put on record together. */
const atOnce = 8000;

/** Lots whose lineage is asked for, by its length. */
export type Lots = ReadonlyMap<number, readonly string[]>;

/**
 * Fills a ledger with the events of as many batches as it takes. They are put on record in bulk:
 * rows as capturing writes them, many at a time, and without the checks of documents and places.
 */
export async function fill(
  database: Database,
  events: number,
): Promise<{ events: number; lots: Lots }> {
  const bulk = await Bulk.into(database);
  const namespaces = Namespaces.of(eventContext);
  const lots = new Map<number, string[]>();
  const open: { readonly batch: Batch; next: number }[] = [];
  let [begun, told] = [0, 0];
  let waiting: (readonly [party: string, event: StoredEvent])[] = [];
  while (open.length > 0 || told < events) {
    while (open.length < underWay && told + leftIn(open) < events) {
      const batch = batchOf(begun);
      begun += 1;
      open.push({ batch, next: 0 });
      lots.set(batch.length, [...(lots.get(batch.length) ?? []), batch.lot]);
    }
    for (const each of open) {
      const one = each.batch.events[each.next];
      each.next += 1;
      if (one === undefined) continue;
      waiting.push([addressOf(one.party), storedEvent(one.event as EpcisEvent, namespaces)]);
      told += 1;
    }
    for (let at = open.length - 1; at >= 0; at -= 1) {
      const each = open[at];
      if (each !== undefined && each.next >= each.batch.events.length) open.splice(at, 1);
    }
    if (waiting.length >= atOnce || open.length === 0) {
      await bulk.add(waiting);
      waiting = [];
    }
    if (open.length === 0 && told >= events) break;
  }
  return { events: told, lots };
}

function leftIn(open: readonly { readonly batch: Batch; readonly next: number }[]): number {
  return open.reduce((sum, { batch, next }) => sum + batch.events.length - next, 0);
}

export function addressOf(party: number): string {
  return `0x${String(party).padStart(40, "0")}`;
}
