import type { EntityManager } from "typeorm";
import type { Deployment } from "../chain/deployment.ts";
import type { Header } from "../chain/rpc.ts";
import { ProjectionRow } from "./projection.entity.ts";

/** The last block that the read model has. */
export interface Cursor {
  readonly block: number;
  readonly hash: string;
  /** Seconds. */
  readonly time: number;
}

/** A database belongs to one deployment on one chain. */
export type Belonging = "new" | "same" | "other";

function identity(deployment: Deployment): unknown {
  const { chainId, genesisHash, contracts } = deployment;
  return { chainId, genesisHash, contracts };
}

/** Whose database this is; with its cursor, where it has one. */
export async function belonging(
  manager: EntityManager,
  deployment: Deployment,
): Promise<{ readonly whose: Belonging; readonly cursor?: Cursor }> {
  const row = await manager.findOneBy(ProjectionRow, { id: 1 });
  if (row === null) return { whose: "new" };
  const isSame = JSON.stringify(row.deployment) === JSON.stringify(identity(deployment));
  const { block, hash, time } = row;
  return isSame ? { whose: "same", cursor: { block, hash, time } } : { whose: "other" };
}

/** The last block that the read model has, as committed. */
export async function reachedBlock(
  manager: EntityManager,
): Promise<Pick<Cursor, "block" | "hash">> {
  const [row] = await manager.query<Pick<Cursor, "block" | "hash">[]>(
    'SELECT "block", "hash" FROM "projection" WHERE "id" = 1',
  );
  if (row === undefined) throw new Error("The projection has not been started.");
  return row;
}

/** Begins a read model, if no other process has meanwhile. */
export async function begin(
  manager: EntityManager,
  deployment: Deployment,
  at: Cursor,
): Promise<void> {
  const row = { id: 1, deployment: identity(deployment), ...at } as never;
  await manager.createQueryBuilder().insert().into(ProjectionRow).values(row).orIgnore().execute();
}

/** Another process has moved the read model. */
class CursorMoved extends Error {
  constructor(from: Cursor) {
    super(
      `The read model is no longer at block ${from.block}, ${from.hash}: another process has written it.`,
    );
    this.name = "CursorMoved";
  }
}

/**
 * Moves the read model from where this process has it.
 * @throws CursorMoved
 */
export async function moveTo(manager: EntityManager, from: Cursor, to: Cursor): Promise<void> {
  const { block, hash, time } = to;
  const at = { id: 1, block: from.block, hash: from.hash };
  const { affected } = await manager.update(ProjectionRow, at, { block, hash, time });
  if (affected !== 1) throw new CursorMoved(from);
}

export function cursorAt(header: Header): Cursor {
  return { block: header.number, hash: header.hash, time: header.time };
}
