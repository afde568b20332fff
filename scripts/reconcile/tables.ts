import type { EntityManager } from "typeorm";
import { withBigints } from "../../backend/src/database/columns.ts";
import type { Entity } from "../../backend/src/database/entity.ts";
import {
  ChainEventRow,
  EventLinkRow,
  EventSubjectRow,
  FollowedCurrencyRow,
  JournalRow,
} from "../../backend/src/projection/projection.entity.ts";
import { RowStore } from "../../backend/src/projection/row-store.ts";
import { TableForm } from "../../backend/src/database/table-form.ts";
import { readModel } from "../../backend/src/read-model.ts";

/** Blocks whose links are in memory at a time. */
const blocksAtOnce = 200;

/** A row in a form that is the same on every database, and its key. */
interface Known {
  readonly key: string;
  /** For the order: text by its bytes, numbers by their size. */
  readonly order: readonly (string | number)[];
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface Comparison {
  readonly rows: number;
  readonly differences: readonly string[];
}

/** Compares every row of every projected table with the same read model made once more. */
export async function compareTables(
  known: EntityManager,
  rebuilt: EntityManager,
): Promise<Comparison> {
  const entities = [...readModel().rows, ChainEventRow, FollowedCurrencyRow, JournalRow];
  const differences: string[] = [];
  let rows = 0;
  const compare = async (
    table: string,
    one: AsyncGenerator<Known>,
    other: AsyncGenerator<Known>,
  ): Promise<void> => {
    for await (const [left, right] of paired(one, other)) {
      rows += 1;
      differences.push(...differencesOf(table, left, right));
    }
  };
  for (const entity of entities) {
    const { table } = TableForm.of(known.dataSource, entity);
    await compare(table, rowsOf(known, entity), rowsOf(rebuilt, entity));
  }
  await compare("event_links", linksOf(known), linksOf(rebuilt));
  return { rows, differences };
}

async function* rowsOf(manager: EntityManager, entity: Entity): AsyncGenerator<Known> {
  const { keys } = TableForm.of(manager.dataSource, entity);
  for await (const row of new RowStore(manager, entity).scan()) {
    const values = row as Record<string, unknown>;
    const order = keys.map(({ property }) => values[property] as string | number);
    const fields =
      row instanceof JournalRow || entity === JournalRow
        ? { ...values, entries: imagesIn(manager, values as unknown as JournalRow) }
        : values;
    yield { key: order.join(" "), order, fields };
  }
}

/** A journal holds rows as its own database takes them. */
function imagesIn(manager: EntityManager, { entries }: JournalRow): unknown {
  const entities = [...readModel().rows, FollowedCurrencyRow];
  const forms = new Map(
    entities.map((entity) => {
      const form = TableForm.of(manager.dataSource, entity);
      return [form.table, form];
    }),
  );
  return entries.map(({ table, key, before }) => ({
    table,
    key: key.map(String),
    before: before && forms.get(table)?.rowOf(before),
  }));
}

/** Links by what they are of, since its number may be another one. */
async function* linksOf(manager: EntityManager): AsyncGenerator<Known> {
  const last = (await manager.maximum(EventLinkRow, "block")) ?? -1;
  for (let from = 0; from <= last; from += blocksAtOnce) {
    const links = await manager
      .createQueryBuilder(EventLinkRow, "link")
      .leftJoin(EventSubjectRow, "subject", "subject.number = link.subject")
      .select(["subject.kind AS kind", "subject.id AS id", "link.block AS block"])
      .addSelect('link.logIndex AS "logIndex"')
      .where("link.block >= :from AND link.block < :to", { from, to: from + blocksAtOnce })
      .getRawMany<{ kind: string | null; id: string | null; block: number; logIndex: number }>();
    const known = links.map(({ kind, id, block, logIndex }): Known => {
      const order = [block, logIndex, kind ?? "nothing", id ?? "nothing"];
      return { key: order.join(" "), order, fields: {} };
    });
    yield* known.sort((a, b) => inOrder(a.order, b.order));
  }
}

/** Both in the order of their keys: pairs with the same key, and those that only one has. */
async function* paired(
  one: AsyncGenerator<Known>,
  other: AsyncGenerator<Known>,
): AsyncGenerator<[Known | undefined, Known | undefined]> {
  const next = async (rows: AsyncGenerator<Known>): Promise<Known | undefined> => {
    const result = (await rows.next()) as IteratorResult<Known, undefined>;
    return result.value;
  };
  let [left, right] = [await next(one), await next(other)];
  while (left !== undefined || right !== undefined) {
    const order =
      left === undefined ? 1 : right === undefined ? -1 : inOrder(left.order, right.order);
    yield [order <= 0 ? left : undefined, order >= 0 ? right : undefined];
    if (order <= 0) left = await next(one);
    if (order >= 0) right = await next(other);
  }
}

function inOrder(a: Known["order"], b: Known["order"]): number {
  for (const [index, value] of a.entries()) {
    const other = b[index] ?? "";
    if (value !== other) return value < other ? -1 : 1;
  }
  return 0;
}

function differencesOf(table: string, known?: Known, rebuilt?: Known): string[] {
  if (known === undefined) return [`${table} ${rebuilt?.key ?? ""} is in the chain's logs alone`];
  if (rebuilt === undefined) return [`${table} ${known.key} is in the read model alone`];
  return Object.entries(known.fields)
    .map(([field, value]) => [field, text(value), text(rebuilt.fields[field])] as const)
    .filter(([, said, made]) => said !== made)
    .map(
      ([field, said, made]) =>
        `${table} ${known.key}: ${field} is ${said} in the read model, ${made} by the chain's logs`,
    );
}

function text(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value, withBigints);
}
