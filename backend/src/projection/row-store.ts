import type { EntityManager, EntityMetadata } from "typeorm";
import type { Entity } from "../database/database.ts";

/** Column values as the database driver takes and gives them, in the order of the entity's columns. */
export type RawValues = readonly unknown[];

/** A row before a block changed it; `before` is null for one that was not there. */
export interface JournalEntry {
  readonly table: string;
  readonly key: RawValues;
  readonly before: RawValues | null;
}

/** Reads and writes whole rows of one table by primary key: plain statements, prepared once. */
export class RowStore {
  readonly table: string;
  readonly #columns: EntityMetadata["columns"];
  readonly #keys: EntityMetadata["columns"];
  readonly #select: string;
  readonly #upsert: string;
  readonly #delete: string;
  readonly #scan: string;
  readonly #scanOn: string;

  constructor(
    private readonly manager: EntityManager,
    entity: Entity,
  ) {
    const { driver } = manager.dataSource;
    const metadata = manager.dataSource.getMetadata(entity);
    const named = (column: { databaseName: string }): string => driver.escape(column.databaseName);
    const holder = (_: unknown, index: number): string => driver.createParameter("p", index);
    this.table = metadata.tableName;
    this.#columns = metadata.columns;
    this.#keys = metadata.primaryColumns;
    const table = driver.escape(metadata.tableName);
    const columns = this.#columns.map(named).join(", ");
    const keys = this.#keys.map(named).join(", ");
    const where = this.#keys.map((key, index) => `${named(key)} = ${holder(key, index)}`);
    const others = this.#columns.filter((column) => !column.isPrimary).map(named);
    const update = others.map((name) => `${name} = excluded.${name}`).join(", ");
    // PostgreSQL orders text by language unless told otherwise.
    const collate = driver.options.type === "postgres" ? ' COLLATE "C"' : "";
    const order = this.#keys
      .map((key) => named(key) + (key.type === "varchar" ? collate : ""))
      .join(", ");
    this.#select = `SELECT ${columns} FROM ${table} WHERE ${where.join(" AND ")}`;
    this.#upsert =
      `INSERT INTO ${table} (${columns}) VALUES (${this.#columns.map(holder).join(", ")}) ` +
      `ON CONFLICT (${keys}) DO ${update === "" ? "NOTHING" : `UPDATE SET ${update}`}`;
    this.#delete = `DELETE FROM ${table} WHERE ${where.join(" AND ")}`;
    this.#scan = `SELECT ${columns} FROM ${table} ORDER BY ${order} LIMIT 500`;
    this.#scanOn =
      `SELECT ${columns} FROM ${table} WHERE (${order}) > (${this.#keys.map(holder).join(", ")}) ` +
      `ORDER BY ${order} LIMIT 500`;
  }

  /** The key's raw values, from a row, an object of the key's columns, or the value of a key of one column. */
  keyOf(key: unknown): RawValues {
    const values = typeof key === "object" && key !== null ? (key as Record<string, unknown>) : {};
    const isSingle = typeof key !== "object";
    return this.#keys.map((column) => {
      const value = isSingle ? key : values[column.propertyName];
      if (value === undefined || (isSingle && this.#keys.length > 1)) {
        throw new Error(`${this.table}: the key lacks ${column.propertyName}.`);
      }
      return this.#raw(value, column);
    });
  }

  rawOf(row: object): RawValues {
    const values = row as Record<string, unknown>;
    return this.#columns.map((column) => this.#raw(values[column.propertyName], column));
  }

  rowOf(raw: RawValues): object {
    const { driver } = this.manager.dataSource;
    return Object.fromEntries(
      this.#columns.map((column, index) => [
        column.propertyName,
        driver.prepareHydratedValue(raw[index], column) as unknown,
      ]),
    );
  }

  async read(key: RawValues): Promise<RawValues | undefined> {
    const [row] = await this.manager.query<Record<string, unknown>[]>(this.#select, [...key]);
    return row && this.#valuesOf(row);
  }

  async write(values: RawValues): Promise<void> {
    await this.manager.query(this.#upsert, [...values]);
  }

  async remove(key: RawValues): Promise<void> {
    await this.manager.query(this.#delete, [...key]);
  }

  /** All rows in the order of their keys, 500 in memory at a time. */
  async *scan(): AsyncGenerator<object> {
    let rows = await this.manager.query<Record<string, unknown>[]>(this.#scan);
    while (rows.length > 0) {
      for (const row of rows) yield this.rowOf(this.#valuesOf(row));
      const last = rows.at(-1) ?? {};
      const key = this.#keys.map((column) => last[column.databaseName]);
      rows = await this.manager.query<Record<string, unknown>[]>(this.#scanOn, key);
    }
  }

  #valuesOf(row: Record<string, unknown>): RawValues {
    return this.#columns.map((column) => row[column.databaseName]);
  }

  #raw(value: unknown, column: EntityMetadata["columns"][number]): unknown {
    const raw = this.manager.dataSource.driver.preparePersistentValue(value, column) as unknown;
    return raw === undefined ? null : raw;
  }
}
