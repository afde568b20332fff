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

export async function begin(
  manager: EntityManager,
  deployment: Deployment,
  at: Cursor,
): Promise<void> {
  await manager.insert(ProjectionRow, { id: 1, deployment: identity(deployment), ...at } as never);
}

export async function moveTo(manager: EntityManager, { block, hash, time }: Cursor): Promise<void> {
  await manager.update(ProjectionRow, { id: 1 }, { block, hash, time });
}

export function cursorAt(header: Header): Cursor {
  return { block: header.number, hash: header.hash, time: header.time };
}
