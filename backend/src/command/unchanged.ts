import type { EntityManager } from "typeorm";
import { CommandRow, type Command } from "./command.entity.ts";

/** Whether nobody has taken up or changed a command since it was read. */
export async function isUnchanged(
  manager: EntityManager,
  { id, state, raw, prepared }: Command,
): Promise<boolean> {
  const onRecord = await manager.findOne(CommandRow, {
    where: { id },
    select: { id: true, state: true, raw: true, prepared: true },
  });
  if (onRecord?.state !== state || onRecord.raw !== raw) return false;
  return JSON.stringify(onRecord.prepared) === JSON.stringify(prepared);
}
