import type { DataSource, EntityMetadata } from "typeorm";
import type { Entity } from "./entity.ts";

/** Column values as the database driver takes and gives them, in the order of the entity's columns. */
export type RawValues = readonly unknown[];

type Column = EntityMetadata["columns"][number];
type Convert = (value: unknown) => unknown;

interface ColumnForm {
  readonly property: string;
  readonly name: string;
  readonly toRaw: Convert;
  readonly toProperty: Convert;
}

/** A statement about several rows: its text, and how many rows at most. */
export interface Bulk {
  readonly sql: string;
  readonly rows: number;
  /** Whether each parameter is a list, of one column, rather than one value. */
  readonly byColumn: boolean;
}

/** As many rows as one statement takes, largest first: few statements, each prepared once. */
const sqliteSizes = [64, 8, 1];
const postgresSize = 5000;

/** How the rows of one table are read and written: plain statements, and converters made once for each column. */
export class TableForm {
  static readonly #known = new WeakMap<DataSource, Map<Entity, TableForm>>();

  readonly table: string;
  readonly columns: readonly ColumnForm[];
  readonly keys: readonly ColumnForm[];
  /** All rows; a condition may follow. */
  readonly all: string;
  readonly select: string;
  readonly delete: string;
  readonly scan: string;
  readonly scanOn: string;
  readonly inserts: readonly Bulk[];
  readonly upserts: readonly Bulk[];
  /** Of tables with a key of one column. */
  readonly selects: readonly Bulk[];
  readonly isPostgres: boolean;
  /** The key's one column, where it holds ids. */
  readonly idColumn: ColumnForm | undefined;

  readonly #byProperty: ReadonlyMap<string, ColumnForm>;
  readonly #escape: (name: string) => string;

  static of(dataSource: DataSource, entity: Entity): TableForm {
    let forms = TableForm.#known.get(dataSource);
    if (forms === undefined)
      TableForm.#known.set(dataSource, (forms = new Map<Entity, TableForm>()));
    let form = forms.get(entity);
    if (form === undefined) forms.set(entity, (form = new TableForm(dataSource, entity)));
    return form;
  }

  private constructor(dataSource: DataSource, entity: Entity) {
    const { driver } = dataSource;
    const metadata = dataSource.getMetadata(entity);
    const isPostgres = driver.options.type === "postgres";
    const named = ({ name }: { readonly name: string }): string => driver.escape(name);
    const holder = (index: number): string => driver.createParameter("p", index);
    const formOf = (column: Column): ColumnForm => ({
      property: column.propertyName,
      name: column.databaseName,
      ...convertersOf(column, isPostgres),
    });
    this.isPostgres = isPostgres;
    this.table = metadata.tableName;
    this.columns = metadata.columns.map(formOf);
    this.#byProperty = new Map(this.columns.map((column) => [column.property, column]));
    this.#escape = (name) => driver.escape(name);
    this.keys = metadata.primaryColumns.map(formOf);
    const [key, ...more] = metadata.primaryColumns;
    this.idColumn = more.length === 0 && key?.length === "66" ? this.keys[0] : undefined;
    const table = driver.escape(metadata.tableName);
    const columns = this.columns.map(named).join(", ");
    const keys = this.keys.map(named).join(", ");
    const where = this.keys.map((column, index) => `${named(column)} = ${holder(index)}`);
    // PostgreSQL orders text by language unless told otherwise.
    const order = metadata.primaryColumns
      .map((column) => {
        const collate = isPostgres && column.type === "varchar" ? ' COLLATE "C"' : "";
        return driver.escape(column.databaseName) + collate;
      })
      .join(", ");
    this.all = `SELECT ${columns} FROM ${table}`;
    this.select = `${this.all} WHERE ${where.join(" AND ")}`;
    this.delete = `DELETE FROM ${table} WHERE ${where.join(" AND ")}`;
    this.scan = `SELECT ${columns} FROM ${table} ORDER BY ${order} LIMIT 500`;
    this.scanOn =
      `SELECT ${columns} FROM ${table} WHERE (${order}) > (${this.keys.map((_, index) => holder(index)).join(", ")}) ` +
      `ORDER BY ${order} LIMIT 500`;
    const others = metadata.columns
      .filter((column) => !column.isPrimary)
      .map(({ databaseName }) => driver.escape(databaseName));
    const update = others.map((name) => `${name} = excluded.${name}`).join(", ");
    const conflict = `ON CONFLICT (${keys}) DO ${update === "" ? "NOTHING" : `UPDATE SET ${update}`}`;
    const types = metadata.columns.map((column) => arrayTypes[String(column.type)] ?? "text");
    const lists = types.map((type, index) => `${holder(index)}::${type}[]`).join(", ");
    const insert = `INSERT INTO ${table} (${columns})`;
    const tuple = `(${this.columns.map(() => "?").join(", ")})`;
    const bulks = (then: string): Bulk[] =>
      isPostgres
        ? [
            {
              sql: `${insert} SELECT * FROM unnest(${lists}) ${then}`,
              rows: postgresSize,
              byColumn: true,
            },
          ]
        : sqliteSizes.map((rows) => ({
            sql: `${insert} VALUES ${Array(rows).fill(tuple).join(", ")} ${then}`,
            rows,
            byColumn: false,
          }));
    this.inserts = bulks("");
    this.upserts = bulks(conflict);
    this.selects = isPostgres
      ? [
          {
            sql: `SELECT ${columns} FROM ${table} WHERE ${keys} = ANY($1)`,
            rows: postgresSize,
            byColumn: true,
          },
        ]
      : sqliteSizes.map((rows) => ({
          sql: `SELECT ${columns} FROM ${table} WHERE ${keys} IN (${Array(rows).fill("?").join(", ")})`,
          rows,
          byColumn: false,
        }));
  }

  /** @throws Error for a property that is no column */
  column(property: string): ColumnForm {
    const column = this.#byProperty.get(property);
    if (column === undefined) throw new Error(`${this.table} has no column ${property}.`);
    return column;
  }

  /** The column of a property, as statements name it. */
  named(property: string): string {
    return this.#escape(this.column(property).name);
  }

  /** The key's raw values, from a row, an object of the key's columns, or the value of a key of one column. */
  keyOf(key: unknown): RawValues {
    const isSingle = typeof key !== "object";
    const values = (isSingle ? {} : (key ?? {})) as Record<string, unknown>;
    return this.keys.map(({ property, toRaw }) => {
      const value = isSingle ? key : values[property];
      if (value === undefined || (isSingle && this.keys.length > 1)) {
        throw new Error(`${this.table}: the key lacks ${property}.`);
      }
      return toRaw(value);
    });
  }

  rawOf(row: object): RawValues {
    const values = row as Record<string, unknown>;
    return this.columns.map(({ property, toRaw }) => {
      const raw = toRaw(values[property]);
      return raw === undefined ? null : raw;
    });
  }

  rowOf(raw: RawValues): object {
    const row: Record<string, unknown> = {};
    this.columns.forEach(({ property, toProperty }, index) => {
      row[property] = toProperty(raw[index]);
    });
    return row;
  }

  valuesOf(row: Readonly<Record<string, unknown>>): RawValues {
    return this.columns.map(({ name }) => row[name]);
  }
}

const arrayTypes: Readonly<Record<string, string>> = {
  varchar: "varchar",
  text: "text",
  integer: "integer",
  bigint: "bigint",
  boolean: "boolean",
};

const same: Convert = (value) => value;
const flagToRaw: Convert = (value) => (typeof value === "boolean" ? Number(value) : value);
const flagToProperty: Convert = (value) => (value === null ? null : Boolean(value));

/** What TypeORM's drivers do for the kinds of columns that there are (`database/columns.ts`), without asking each time. */
function convertersOf(
  column: Column,
  isPostgres: boolean,
): { readonly toRaw: Convert; readonly toProperty: Convert } {
  const { transformer, type } = column;
  if (!(String(type) in arrayTypes) || Array.isArray(transformer)) {
    throw new Error(`No row is kept with a column like ${column.databaseName}.`);
  }
  if (transformer !== undefined) {
    return {
      toRaw: (value) => transformer.to(value) as unknown,
      toProperty: (value) => transformer.from(value) as unknown,
    };
  }
  return type === "boolean" && !isPostgres
    ? { toRaw: flagToRaw, toProperty: flagToProperty }
    : { toRaw: same, toProperty: same };
}
