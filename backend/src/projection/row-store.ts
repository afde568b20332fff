import type { EntityManager } from "typeorm";
import type { Entity } from "../database/entity.ts";
import { TableForm, type Bulk, type RawValues } from "../database/table-form.ts";

type Answer = Readonly<Record<string, unknown>>;

/** A row before a block changed it; `before` is null for one that was not there. */
export interface JournalEntry {
  readonly table: string;
  readonly key: RawValues;
  readonly before: RawValues | null;
}

/** Reads and writes whole rows of one table by primary key, within a transaction. */
export class RowStore {
  readonly #form: TableForm;

  constructor(
    private readonly manager: EntityManager,
    entity: Entity,
  ) {
    this.#form = TableForm.of(manager.dataSource, entity);
  }

  get table(): string {
    return this.#form.table;
  }

  async read(key: RawValues): Promise<RawValues | undefined> {
    const [row] = await this.manager.query<Answer[]>(this.#form.select, [...key]);
    return row && this.#form.valuesOf(row);
  }

  /** Those rows that are there, of a table whose key is one column. */
  async readAll(keys: readonly unknown[]): Promise<RawValues[]> {
    const found: RawValues[] = [];
    for (const { sql, from, to, byColumn } of portions(this.#form.selects, keys.length)) {
      const asked = keys.slice(from, to);
      const rows = await this.manager.query<Answer[]>(sql, byColumn ? [asked] : asked);
      for (const row of rows) found.push(this.#form.valuesOf(row));
    }
    return found;
  }

  /** Writes one row over the one with its key. */
  async writeRow(row: object): Promise<void> {
    await this.writeAll([this.#form.rawOf(row)]);
  }

  /** Each over the one with its key; no key twice. */
  writeAll(rows: readonly RawValues[]): Promise<void> {
    return this.#write(rows, this.#form.upserts);
  }

  /** Rows that are not there yet. */
  addAll(rows: readonly RawValues[]): Promise<void> {
    return this.#write(rows, this.#form.inserts);
  }

  addRows(rows: readonly object[]): Promise<void> {
    return this.addAll(rows.map((row) => this.#form.rawOf(row)));
  }

  async remove(key: RawValues): Promise<void> {
    await this.manager.query(this.#form.delete, [...key]);
  }

  async #write(rows: readonly RawValues[], bulks: readonly Bulk[]): Promise<void> {
    for (const { sql, from, to, byColumn } of portions(bulks, rows.length)) {
      const values = rows.slice(from, to);
      const params = byColumn
        ? this.#form.columns.map((_, column) => listOf(values.map((row) => row[column])))
        : values.flat();
      await this.manager.query(sql, params);
    }
  }

  /** All rows in the order of their keys, 500 in memory at a time. */
  async *scan(): AsyncGenerator<object> {
    let rows = await this.manager.query<Answer[]>(this.#form.scan);
    while (rows.length > 0) {
      for (const row of rows) yield this.#form.rowOf(this.#form.valuesOf(row));
      const last = rows.at(-1) ?? {};
      const key = this.#form.keys.map(({ name }) => last[name]);
      rows = await this.manager.query<Answer[]>(this.#form.scanOn, key);
    }
  }
}

type Value = string | number | bigint | boolean | null | undefined;

/** A list as PostgreSQL reads it: the driver makes the same, and looks through each text twice. */
function listOf(values: readonly unknown[]): string {
  const texts = (values as readonly Value[]).map((value) => {
    if (value === null || value === undefined) return "NULL";
    if (typeof value !== "string") return String(value);
    return `"${special.test(value) ? value.replaceAll(specials, "\\$&") : value}"`;
  });
  return `{${texts.join(",")}}`;
}

const special = /["\\]/;
const specials = new RegExp(special, "g");

/** Parts a number of rows by the statements that there are, largest first. */
function* portions(
  bulks: readonly Bulk[],
  count: number,
): Generator<Bulk & { readonly from: number; readonly to: number }> {
  let from = 0;
  for (const bulk of bulks) {
    const isExact = !bulk.byColumn;
    while (from < count && (!isExact || count - from >= bulk.rows)) {
      const to = Math.min(from + bulk.rows, count);
      yield { ...bulk, from, to };
      from = to;
    }
  }
}
