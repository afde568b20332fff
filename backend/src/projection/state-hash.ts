import { createHash } from "node:crypto";
import type { EntityManager } from "typeorm";
import { withBigints } from "../database/columns.ts";
import type { Entity } from "../database/entity.ts";
import { ChainEventRow } from "./projection.entity.ts";
import { RowStore } from "./row-store.ts";

/**
 * sha-256 over every row of the read model and of the record of events: tables by name, rows by key, columns by name.
 * The same for the same chain, on any database, however the rows came to be.
 */
export async function stateHash(manager: EntityManager, rows: readonly Entity[]): Promise<string> {
  const hash = createHash("sha256");
  const stores = [...new Set([...rows, ChainEventRow])]
    .map((entity) => new RowStore(manager, entity))
    .sort((a, b) => (a.table < b.table ? -1 : 1));
  for (const store of stores) {
    hash.update(`${store.table}\n`);
    for await (const row of store.scan()) hash.update(`${canonical(row)}\n`);
  }
  return hash.digest("hex");
}

function canonical(row: object): string {
  const columns = Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(Object.fromEntries(columns), withBigints);
}
