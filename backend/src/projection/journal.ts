import { LessThanOrEqual, MoreThan, type EntityManager } from "typeorm";
import type { Header, Rpc } from "../chain/rpc.ts";
import type { Entity } from "../database/entity.ts";
import type { Cursor } from "./cursor.ts";
import { ChainEventRow, EventLinkRow, JournalRow } from "./projection.entity.ts";
import { RowStore, type JournalEntry } from "./row-store.ts";

/** Keeps how to undo a block. */
export async function remember(
  manager: EntityManager,
  header: Header,
  parent: Cursor,
  entries: JournalEntry[],
): Promise<void> {
  const row: JournalRow = {
    block: header.number,
    hash: header.hash,
    parentHash: parent.hash,
    parentTime: parent.time,
    entries,
  };
  await new RowStore(manager, JournalRow).writeRow(row);
}

/** Forgets how to undo what is deeper than a reorganisation may reach. */
export async function forget(manager: EntityManager, upTo: number): Promise<void> {
  await manager.delete(JournalRow, { block: LessThanOrEqual(upTo) });
}

/**
 * The last block that the read model and the chain have in common, as far as the journal reaches.
 * Undefined where the chain has left the read model's before that.
 */
export async function commonAncestor(
  manager: EntityManager,
  rpc: Rpc,
): Promise<Cursor | undefined> {
  const kept = await manager.find(JournalRow, {
    select: { block: true, hash: true, parentHash: true, parentTime: true },
    order: { block: "DESC" },
  });
  for (const { block, parentHash, parentTime } of kept) {
    const header = await rpc.header(block - 1);
    if (header?.hash === parentHash)
      return { block: block - 1, hash: parentHash, time: parentTime };
  }
  return undefined;
}

/** Brings the read model back to what it was at `block`. */
export async function undoTo(
  manager: EntityManager,
  block: number,
  entities: readonly Entity[],
): Promise<void> {
  const stores = new Map(
    entities.map((entity) => {
      const store = new RowStore(manager, entity);
      return [store.table, store];
    }),
  );
  const kept = await manager.find(JournalRow, {
    where: { block: MoreThan(block) },
    order: { block: "DESC" },
  });
  // Of a row that several blocks changed, what it was before the first of them.
  const images = new Map<string, JournalEntry>();
  for (const entry of kept.flatMap((row) => row.entries)) {
    images.set(JSON.stringify([entry.table, entry.key]), entry);
  }
  for (const { table, key, before } of images.values()) {
    const store = stores.get(table);
    if (store === undefined) throw new Error(`The journal names ${table}, which no projector has.`);
    await (before === null ? store.remove(key) : store.writeAll([before]));
  }
  for (const entity of [JournalRow, ChainEventRow, EventLinkRow]) {
    await manager.delete(entity, { block: MoreThan(block) });
  }
}
