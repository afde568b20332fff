import type { EntityManager } from "typeorm";
import type { Entity } from "../database/database.ts";
import { FollowedCurrencyRow, type LinkKind } from "./projection.entity.ts";
import { RowStore, type JournalEntry, type RawValues } from "./row-store.ts";

/** The value of a primary key: of one column itself, of several an object by property. */
export type Key<Row> = string | number | Partial<Row>;

interface Cell {
  readonly store: RowStore;
  readonly key: RawValues;
  /** At the start of the block. */
  before: RawValues | null;
  row: object | undefined;
  changed: boolean;
  unwritten: boolean;
}

/**
 * The rows of the read model, as projectors see them: read when first asked for, written together at the end.
 * What a block changes is remembered as it was, so that the block can be undone.
 */
export class Ledger {
  readonly #stores = new Map<Entity, RowStore>();
  readonly #cells = new Map<string, Cell>();
  #changed: Cell[] = [];
  #links: { kind: LinkKind; id: string }[] = [];
  #followed: string[] = [];
  #block = 0;

  constructor(private readonly manager: EntityManager) {}

  /** The row with this key, if there is one. Change it with `put` or `change`, never in place. */
  async find<Row extends object>(
    entity: Entity<Row>,
    key: Key<Row>,
  ): Promise<Readonly<Row> | undefined> {
    const cell = await this.#cell(entity, key);
    return cell.row as Row | undefined;
  }

  /** The row with this key, which must be there: an event before the one that makes its row is a fault of ours. */
  async get<Row extends object>(entity: Entity<Row>, key: Key<Row>): Promise<Readonly<Row>> {
    const row = await this.find(entity, key);
    if (row === undefined) throw new Error(`${entity.name} ${JSON.stringify(key)} is missing.`);
    return row;
  }

  /** Makes a row, or replaces the one with its key. */
  async put<Row extends object>(entity: Entity<Row>, row: Row): Promise<void> {
    const cell = await this.#cell(entity, row);
    cell.row = row;
    this.#touch(cell);
  }

  /** Changes some columns of a row that is there. */
  async change<Row extends object>(
    entity: Entity<Row>,
    key: Key<Row>,
    part: Partial<Row>,
  ): Promise<Readonly<Row>> {
    const row = { ...(await this.get(entity, key)), ...part };
    await this.put(entity, row);
    return row;
  }

  /**
   * Says that the event touches this party, claim or facility, beyond those that its arguments name: whoever is to
   * see a claim's events is linked to each.
   */
  link(kind: LinkKind, ...ids: readonly string[]): void {
    for (const id of ids) this.#links.push({ kind, id });
  }

  /** Follows the ERC-20 logs of a currency: all of its past before the next event, and from then on. */
  async follow(token: string): Promise<void> {
    if ((await this.find(FollowedCurrencyRow, token)) !== undefined) return;
    await this.put(FollowedCurrencyRow, { token, block: this.#block });
    this.#followed.push(token);
  }

  /** For the engine. */
  beginBlock(block: number): void {
    this.#block = block;
  }

  /** For the engine: what the handlers of one event have linked and followed. */
  takeNotes(): { readonly links: { kind: LinkKind; id: string }[]; readonly followed: string[] } {
    const notes = { links: this.#links, followed: this.#followed };
    this.#links = [];
    this.#followed = [];
    return notes;
  }

  /** For the engine: the rows that the block changed, as they were before it. */
  endBlock(): JournalEntry[] {
    const entries = this.#changed.map(({ store, key, before }) => ({
      table: store.table,
      key,
      before,
    }));
    for (const cell of this.#changed) {
      cell.changed = false;
      cell.before = cell.row === undefined ? null : cell.store.rawOf(cell.row);
    }
    this.#changed = [];
    return entries;
  }

  /** For the engine: writes what has changed since the last time. */
  async flush(): Promise<void> {
    for (const cell of this.#cells.values()) {
      if (!cell.unwritten || cell.row === undefined) continue;
      await cell.store.write(cell.store.rawOf(cell.row));
      cell.unwritten = false;
    }
  }

  #touch(cell: Cell): void {
    cell.unwritten = true;
    if (cell.changed) return;
    cell.changed = true;
    this.#changed.push(cell);
  }

  async #cell<Row extends object>(entity: Entity<Row>, of: Key<Row>): Promise<Cell> {
    const store = this.#store(entity);
    const key = store.keyOf(of);
    const name = JSON.stringify([store.table, key]);
    const known = this.#cells.get(name);
    if (known !== undefined) return known;
    const raw = await store.read(key);
    const cell: Cell = {
      store,
      key,
      before: raw ?? null,
      row: raw && store.rowOf(raw),
      changed: false,
      unwritten: false,
    };
    this.#cells.set(name, cell);
    return cell;
  }

  #store(entity: Entity): RowStore {
    let store = this.#stores.get(entity);
    if (store === undefined) {
      store = new RowStore(this.manager, entity);
      this.#stores.set(entity, store);
    }
    return store;
  }
}
