import { MoreThan, type EntityManager } from "typeorm";
import type { Cursor } from "./cursor.ts";
import { ReorganisationRow } from "./reorganisation.entity.ts";

/** Puts on record that the read model is brought back to `to`; returns the record's number. */
export async function noteReorganisation(
  manager: EntityManager,
  { block, hash, time }: Cursor,
): Promise<number> {
  const id = (await latestReorganisation(manager)) + 1;
  await manager.insert(ReorganisationRow, { id, block, hash, time });
  return id;
}

export async function latestReorganisation(manager: EntityManager): Promise<number> {
  return (await manager.maximum(ReorganisationRow, "id")) ?? 0;
}

export function reorganisationsAfter(
  manager: EntityManager,
  id: number,
): Promise<ReorganisationRow[]> {
  return manager.find(ReorganisationRow, { where: { id: MoreThan(id) }, order: { id: "ASC" } });
}
