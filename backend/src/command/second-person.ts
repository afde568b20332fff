import { IsNull, MoreThanOrEqual, Not, type EntityManager } from "typeorm";
import type { Actor } from "../auth/actor.ts";
import { dayOf } from "../math/calendar.ts";
import { waitsForApproval, type Moved } from "../organisation/approval.ts";
import { CommandRow } from "./command.entity.ts";
import type { Intent } from "./intent.ts";

/** Seconds. */
const day = 24 * 3600;

/**
 * Whether an act has to wait for a second person. The acts of a request wait as one: those after the first as it does.
 * @param now wall-clock seconds; its day is that of the deployment
 */
export async function waitsForSecond(
  manager: EntityManager,
  { by, worth, idempotencyKey }: Intent,
  step: number,
  now: number,
  utcOffset: number,
): Promise<boolean> {
  if (step > 0) {
    const first = { party: by.id, idempotencyKey, step: 0 };
    const begun = await manager.findOneBy(CommandRow, first);
    if (begun !== null) return begun.approvalEnds !== null;
  }
  const midnight = dayOf(now, utcOffset) * day - utcOffset;
  return waitsForApproval(manager, by, worth, () => movedSince(manager, by, midnight));
}

/** What an organisation's people have had done without a second one; what has failed has moved nothing. */
async function movedSince(
  manager: EntityManager,
  { id: party, key }: Actor,
  since: number,
): Promise<readonly Moved[]> {
  const rows = await manager.find(CommandRow, {
    select: { id: true, idempotencyKey: true, worth: true },
    where: {
      party,
      createdAt: MoreThanOrEqual(since),
      approvalEnds: IsNull(),
      worth: Not(IsNull()),
      madeBy: Not(key),
      state: Not("Failed"),
    },
  });
  // All acts of a request are worth what the request is.
  const requests = new Map(rows.map(({ idempotencyKey, worth }) => [idempotencyKey, worth]));
  return [...requests.values()].filter((worth) => worth !== null);
}
