import type { EntityManager } from "typeorm";
import type { Entity } from "../database/entity.ts";
import { FollowedCurrencyRow, type LinkKind } from "./projection.entity.ts";
import { RowStore, type JournalEntry } from "./row-store.ts";
import { TableForm, type RawValues } from "../database/table-form.ts";

/** The value of a primary key: of one column itself, of several an object by property. */
export type Key<Row> = string | number | Partial<Row>;

/** What the handlers of one event have said beside their rows. */
export interface Notes {
  readonly links: readonly { readonly kind: LinkKind; readonly id: string }[];
  /** Tokens whose logs count from now on. */
  readonly followed: readonly string[];
}

interface Cell {
  readonly page: Page;
  readonly key: unknown;
  row: object | undefined;
  /** The row as the database takes it; undefined where it has not been made since the row changed. */
  raw: RawValues | null | undefined;
  /** At the start of the block that changed it. */
  before: RawValues | null;
  changed: boolean;
  unwritten: boolean;
}

/** The rows of one table that are in memory: those of late, and those of before. */
interface Page {
  readonly entity: Entity;
  readonly form: TableForm;
  late: Map<string, Cell>;
  early: Map<string, Cell>;
}

/** Rows of late, of all tables, before those of before are forgotten: at most twice as many are in memory. */
const rowsOfLate = 20_000;

/**
 * The rows of the read model, as projectors see them: read when first asked for, written together at the end, and
 * kept in memory from one transaction to the next as long as nobody else has written.
 * What a block changes is remembered as it was, so that the block can be undone.
 */
export class Ledger {
  readonly #pages = new Map<Entity, Page>();
  #manager: EntityManager | undefined;
  /** The state that the rows in memory are of: a block's hash. Undefined while it is changed. */
  #state: string | undefined;
  #changed: Cell[] = [];
  #unwritten: Cell[] = [];
  #links: { kind: LinkKind; id: string }[] = [];
  #followed: string[] = [];
  #block = 0;
  #keepsImages = false;

  /** The row with this key, if there is one. Change it with `put` or `change`, never in place. */
  async find<Row extends object>(
    entity: Entity<Row>,
    key: Key<Row>,
  ): Promise<Readonly<Row> | undefined> {
    const cell = this.#known(entity, key) ?? (await this.#read(entity, key));
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
    // What was there before has to be known only where the block may be undone.
    const cell =
      this.#known(entity, row) ??
      (this.#keepsImages ? await this.#read(entity, row) : this.#keep(entity, row, undefined));
    this.#touch(cell);
    cell.row = row;
    cell.raw = undefined;
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

  /**
   * For the engine: a transaction begins, on the state of this block.
   * @param keepsImages whether `endBlock` is to tell how to undo each block
   * @returns whether what is in memory is of that state
   */
  begin(manager: EntityManager, state: string, keepsImages: boolean): boolean {
    const isKnown = this.#state === state;
    if (!isKnown) this.#forget();
    this.#manager = manager;
    this.#state = undefined;
    this.#keepsImages = keepsImages;
    return isKnown;
  }

  /** For the engine: the transaction has been committed, and the rows in memory are of this block. */
  committed(state: string): void {
    this.#state = state;
    this.#manager = undefined;
    let late = 0;
    for (const page of this.#pages.values()) late += page.late.size;
    if (late <= rowsOfLate) return;
    for (const page of this.#pages.values()) {
      page.early = page.late;
      page.late = new Map();
    }
  }

  /** For the engine. */
  beginBlock(block: number): void {
    this.#block = block;
  }

  /** For the engine: reads at once what is not in memory of the rows that have one of these ids for their key. */
  async fetch(entities: readonly Entity[], ids: ReadonlySet<string>): Promise<void> {
    for (const entity of entities) {
      const { form } = this.#page(entity);
      if (form.idColumn === undefined) continue;
      const unknown = [...ids].filter((id) => this.#known(entity, id) === undefined);
      const keyAt = form.columns.findIndex(({ name }) => name === form.idColumn?.name);
      const rows = await new RowStore(this.#transaction(), entity).readAll(unknown);
      const found = new Map(rows.map((raw) => [raw[keyAt], raw]));
      for (const id of unknown) this.#keep(entity, id, found.get(id) ?? null);
    }
  }

  /** For the engine: what the handlers of one event have linked and followed. */
  takeNotes(): Notes {
    const notes = { links: this.#links, followed: this.#followed };
    if (notes.links.length > 0) this.#links = [];
    if (notes.followed.length > 0) this.#followed = [];
    return notes;
  }

  /** For the engine: the rows that the block changed, as they were before it. */
  endBlock(): JournalEntry[] {
    const entries = this.#changed.map(({ page, key, before }) => ({
      table: page.form.table,
      key: page.form.keyOf(key),
      before,
    }));
    for (const cell of this.#changed) cell.changed = false;
    this.#changed = [];
    return entries;
  }

  /** For the engine: writes what has changed since the last time. */
  async flush(): Promise<void> {
    const rows = new Map<Page, RawValues[]>();
    for (const cell of this.#unwritten) {
      const raw = rawOf(cell);
      cell.unwritten = false;
      if (raw === null) continue;
      const ofPage = rows.get(cell.page);
      if (ofPage === undefined) rows.set(cell.page, [raw]);
      else ofPage.push(raw);
    }
    this.#unwritten = [];
    for (const [{ entity }, values] of rows) {
      await new RowStore(this.#transaction(), entity).writeAll(values);
    }
  }

  #touch(cell: Cell): void {
    if (!cell.unwritten) this.#unwritten.push(cell);
    cell.unwritten = true;
    if (cell.changed || !this.#keepsImages) return;
    cell.before = rawOf(cell);
    cell.changed = true;
    this.#changed.push(cell);
  }

  #known(entity: Entity, key: unknown): Cell | undefined {
    const page = this.#page(entity);
    const name = nameOf(page.form, key);
    const late = page.late.get(name);
    if (late !== undefined) return late;
    const early = page.early.get(name);
    if (early !== undefined) page.late.set(name, early);
    return early;
  }

  async #read(entity: Entity, key: unknown): Promise<Cell> {
    const { form } = this.#page(entity);
    const raw = await new RowStore(this.#transaction(), entity).read(form.keyOf(key));
    return this.#keep(entity, key, raw ?? null);
  }

  #keep(entity: Entity, key: unknown, raw: RawValues | null | undefined): Cell {
    const page = this.#page(entity);
    const cell: Cell = {
      page,
      key: typeof key === "object" && key !== null ? keyIn(page.form, key) : key,
      row: raw === null || raw === undefined ? undefined : page.form.rowOf(raw),
      raw,
      before: null,
      changed: false,
      unwritten: false,
    };
    page.late.set(nameOf(page.form, key), cell);
    return cell;
  }

  #page(entity: Entity): Page {
    let page = this.#pages.get(entity);
    if (page === undefined) {
      const form = TableForm.of(this.#transaction().dataSource, entity);
      page = { entity, form, late: new Map(), early: new Map() };
      this.#pages.set(entity, page);
    }
    return page;
  }

  #transaction(): EntityManager {
    if (this.#manager === undefined) throw new Error("Rows are read and written in a transaction.");
    return this.#manager;
  }

  #forget(): void {
    this.#pages.clear();
    this.#changed = [];
    this.#unwritten = [];
    this.#links = [];
    this.#followed = [];
  }
}

function rawOf(cell: Cell): RawValues | null {
  if (cell.raw === undefined) cell.raw = cell.row ? cell.page.form.rawOf(cell.row) : null;
  return cell.raw;
}

function nameOf({ keys }: TableForm, key: unknown): string {
  if (typeof key !== "object" || key === null) return String(key);
  const values = key as Record<string, unknown>;
  let name = "";
  for (const { property } of keys) {
    const value = values[property];
    name = name === "" ? String(value) : `${name} ${String(value)}`;
  }
  return name;
}

function keyIn({ keys }: TableForm, row: object): object {
  const values = row as Record<string, unknown>;
  return Object.fromEntries(keys.map(({ property }) => [property, values[property]]));
}
