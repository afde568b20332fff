import { day } from "./chain.ts";
import { owed, type AcceptedOrder } from "./scenes.ts";
import type { Actor } from "./sheaf.ts";
import { signAssignment } from "./signing.ts";
import type { AssignmentStruct } from "../../typechain-types/receivable/IReceivables.ts";

export const price = 64_000_00n;

/** The cooperative's 65,000.00 of the first delivery, to the other lender for 64,000.00. */
export function assignment(
  scene: AcceptedOrder,
  changes: Partial<AssignmentStruct> = {},
): AssignmentStruct {
  return {
    order: scene.order,
    delivery: 1n,
    assignee: scene.otherLender.address,
    price,
    outstanding: owed,
    nonce: 1n,
    deadline: BigInt(day(300)),
    ...changes,
  };
}

/** The assignee buys what the holder has signed. */
export async function assign(
  scene: AcceptedOrder,
  changes: Partial<AssignmentStruct> = {},
  holder: Actor = scene.cooperative,
  assignee: Actor = scene.otherLender,
) {
  const terms = assignment(scene, { assignee: assignee.address, ...changes });
  return assignee.receivables.assign(terms, await signAssignment(scene, holder, terms));
}
