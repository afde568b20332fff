import type { EntityManager } from "typeorm";
import type { Deployment } from "../../backend/src/chain/deployment.ts";
import type { Rpc } from "../../backend/src/chain/rpc.ts";
import { CurrencyRow } from "../../backend/src/money/money.entity.ts";
import { belonging } from "../../backend/src/projection/cursor.ts";
import { JournalRow } from "../../backend/src/projection/projection.entity.ts";
import { RowStore } from "../../backend/src/projection/row-store.ts";
import { connectContracts } from "../deploy/contracts.ts";
import { birthsUpTo } from "./births.ts";
import { nounsOf, type Noun } from "./nouns.ts";
import { rebuild } from "./rebuild.ts";
import { compareTables, type Comparison } from "./tables.ts";

/** Something that the read model and the chain tell differently, in words. */
type Difference = string;

export interface Reconciliation {
  /** Up to which the read model is; the chain was asked as it was then. */
  readonly block: number;
  /** Rows that were compared, by noun. */
  readonly compared: ReadonlyMap<string, number>;
  readonly differences: readonly Difference[];
  /** Every row of every table, beside a read model made once more from the logs: names and movements too. */
  readonly tables: Comparison;
}

/**
 * Compares the read model with the chain: claim by claim with what the contracts keep, and row by row with what
 * their logs make.
 * @param manager sees one state of the database from first to last
 * @throws Error where the database is not this deployment's, or the chain does not have its block
 */
export async function reconcile(
  manager: EntityManager,
  rpc: Rpc,
  deployment: Deployment,
): Promise<Reconciliation> {
  const { whose, cursor } = await belonging(manager, deployment);
  if (whose !== "same" || cursor === undefined)
    throw new Error("The database is of another deployment, or has not begun.");
  const { block, hash } = cursor;
  const header = await rpc.header(block);
  if (header?.hash !== hash)
    throw new Error(`The chain does not have the read model's block ${String(block)}, ${hash}.`);
  const currencies = await manager.find(CurrencyRow);
  const numbers = new Map(currencies.map(({ token, number }) => [token, number]));
  const contracts = connectContracts(deployment, rpc);
  const born = await birthsUpTo(block, rpc, deployment);
  const compared = new Map<string, number>();
  const differences: Difference[] = [];
  for (const noun of nounsOf(contracts, { blockTag: block }, (token) => numbers.get(token))) {
    const missing = new Set(born.get(noun.name));
    let rows = 0;
    for await (const row of new RowStore(manager, noun.entity).scan()) {
      rows += 1;
      missing.delete(noun.keyOf(row));
      differences.push(...(await differencesOf(noun, row)));
    }
    compared.set(noun.name, rows);
    for (const key of missing) differences.push(`${noun.name} ${key} is on chain alone`);
  }
  if (header.time !== cursor.time)
    differences.push(
      `projection 1: time is ${cursor.time} in the read model, ${header.time} on chain`,
    );
  const journalFrom = (await manager.minimum(JournalRow, "block")) ?? block + 1;
  const rebuilt = await rebuild(rpc, deployment, block, journalFrom);
  try {
    const tables = await compareTables(manager, rebuilt.manager);
    return { block, compared, differences, tables };
  } finally {
    await rebuilt.close();
  }
}

async function differencesOf(noun: Noun, row: object): Promise<Difference[]> {
  const known = new Map(Object.entries({ ...row, ...noun.translate(row) }));
  const onChain = Object.entries(await noun.read(row));
  return onChain
    .filter(([field, value]) => String(known.get(field)) !== String(value))
    .map(([field, value]) => {
      const said = `${String(known.get(field))} in the read model, ${String(value)} on chain`;
      return `${noun.name} ${noun.keyOf(row)}: ${field} is ${said}`;
    });
}
