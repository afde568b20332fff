import { LessThanOrEqual, MoreThanOrEqual, type EntityManager } from "typeorm";
import { JournalRow, ProjectionRow } from "./projection.entity.ts";

/**
 * Whether the read model has just this block, or is past all that it could undo. To be asked in the transaction that
 * relies on it: that one and the undoing of the block do not both come through.
 */
export async function isSeen(
  manager: EntityManager,
  block: number,
  hash: string,
): Promise<boolean> {
  // Changes nothing, but conflicts with whoever takes the row away.
  const { affected } = await manager.update(JournalRow, { block, hash }, { hash });
  if (affected === 1) return true;
  const isUndoable = await manager.exists(JournalRow, { where: { block: LessThanOrEqual(block) } });
  return !isUndoable && manager.existsBy(ProjectionRow, { id: 1, block: MoreThanOrEqual(block) });
}
