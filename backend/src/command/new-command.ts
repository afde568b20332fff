import { randomUUID } from "node:crypto";
import type { Act } from "../chain/contracts.ts";
import type { Worth } from "../organisation/worth.ts";
import type { Command, StoredWorth } from "./command.entity.ts";
import type { Intent } from "./intent.ts";

/** Seconds that a command waits for a second person. */
const approvalSeconds = 7 * 24 * 3600;

interface Beginning {
  readonly step: number;
  /** Wall-clock seconds. */
  readonly createdAt: number;
  /** For a second person. */
  readonly waits: boolean;
  /** What the request's step before schedules and this one carries out; null where nothing is scheduled. */
  readonly operation: string | null;
}

/** A command as it is put on record. */
export function newCommand(
  intent: Intent,
  act: Act,
  { step, createdAt, waits, operation }: Beginning,
): Command {
  const { by, idempotencyKey, requestHash, requestId, worth } = intent;
  const begun = operation === null ? "Queued" : "Scheduled";
  return {
    id: randomUUID(),
    party: by.id,
    key: by.key,
    idempotencyKey,
    step,
    requestHash,
    requestId,
    contract: act.contract,
    method: act.method,
    args: act.args,
    to: act.to,
    data: act.data,
    renames: act.renames ?? null,
    state: waits ? "Proposed" : begun,
    operation,
    notBefore: null,
    nonce: null,
    raw: null,
    prepared: null,
    transaction: null,
    block: null,
    error: null,
    response: null,
    createdAt,
    madeBy: by.person?.account ?? null,
    apiKey: by.person?.apiKey?.id ?? null,
    worth: worth === undefined ? null : stored(worth),
    approvedBy: null,
    approvalEnds: waits ? createdAt + approvalSeconds : null,
  };
}

function stored({ kind, amounts }: Worth): StoredWorth {
  return { kind, amounts: amounts.map((each) => ({ ...each, amount: each.amount.toString() })) };
}
