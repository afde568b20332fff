import type { Connections } from "./connections.ts";
import type { Entity } from "./entity.ts";
import { TableForm } from "./table-form.ts";

/** What columns have to hold: a value, null, or one of a list. */
export type Where<Row> = {
  readonly [Property in keyof Row]?: Row[Property] | readonly Row[Property][];
};

/**
 * Rows by what is in their columns, as `EntityManager.findBy` gives them, for a small part of what that costs: a statement
 * is worded once, and its answer read by converters that are made once.
 */
export class Rows {
  readonly #texts = new Map<string, string>();

  constructor(private readonly connections: Pick<Connections, "reader" | "select">) {}

  async one<Row extends object>(entity: Entity<Row>, where: Where<Row>): Promise<Row | null> {
    const [row] = await this.all(entity, where);
    return row ?? null;
  }

  /** @throws Error where there is none */
  async existing<Row extends object>(entity: Entity<Row>, where: Where<Row>): Promise<Row> {
    const row = await this.one(entity, where);
    if (row === null) throw new Error(`There is no ${entity.name} of ${JSON.stringify(where)}.`);
    return row;
  }

  /** @param order properties, ascending */
  async all<Row extends object>(
    entity: Entity<Row>,
    where: Where<Row>,
    order: readonly (keyof Row & string)[] = [],
  ): Promise<Row[]> {
    const form = TableForm.of(this.connections.reader, entity);
    const asked = Object.entries(where as Readonly<Record<string, unknown>>);
    if (asked.some(([, value]) => Array.isArray(value) && value.length === 0)) return [];
    const shape = `${form.table} ${asked.map(shapeOf).join(" ")} ${order.join(" ")}`;
    let text = this.#texts.get(shape);
    if (text === undefined) this.#texts.set(shape, (text = worded(form, asked, order)));
    const values = asked.flatMap(([property, value]) => {
      const { toRaw } = form.column(property);
      if (value === null) return [];
      return Array.isArray(value) ? value.map(toRaw) : [toRaw(value)];
    });
    const rows = await this.connections.select(text, values);
    return rows.map((row) => form.rowOf(row) as Row);
  }
}

function shapeOf([property, value]: readonly [string, unknown]): string {
  if (value === null) return `${property} null`;
  return Array.isArray(value) ? `${property} ${value.length}` : property;
}

function worded(
  form: TableForm,
  asked: readonly (readonly [string, unknown])[],
  order: readonly string[],
): string {
  let holders = 0;
  const holder = (): string => (form.isPostgres ? `$${(holders += 1)}` : "?");
  const conditions = asked.map(([property, value]) => {
    const name = form.named(property);
    if (value === null) return `${name} IS NULL`;
    return Array.isArray(value)
      ? `${name} IN (${value.map(holder).join(", ")})`
      : `${name} = ${holder()}`;
  });
  const filter = conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
  const sorted =
    order.length === 0 ? "" : ` ORDER BY ${order.map((each) => form.named(each)).join(", ")}`;
  return `${form.all}${filter}${sorted}`;
}
