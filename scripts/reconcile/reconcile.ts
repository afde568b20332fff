import type { EntityManager } from "typeorm";
import type { Deployment } from "../../backend/src/chain/deployment.ts";
import type { Rpc } from "../../backend/src/chain/rpc.ts";
import { CurrencyRow } from "../../backend/src/money/money.entity.ts";
import { belonging } from "../../backend/src/projection/cursor.ts";
import { RowStore } from "../../backend/src/projection/row-store.ts";
import { connectContracts } from "../deploy/contracts.ts";
import { birthsUpTo } from "./births.ts";
import { nounsOf, type Noun } from "./nouns.ts";

/** Something that the read model and the chain tell differently, in words. */
type Difference = string;

export interface Reconciliation {
  /** Up to which the read model is; the chain was asked as it was then. */
  readonly block: number;
  /** Rows that were compared, by noun. */
  readonly compared: ReadonlyMap<string, number>;
  readonly differences: readonly Difference[];
}

/**
 * Compares the read model with the chain, claim by claim.
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
  if ((await rpc.header(block))?.hash !== hash)
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
  return { block, compared, differences };
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
