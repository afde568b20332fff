/** Where a process can be told to die, by what it has just done or is about to do. */
export const crashPoints = [
  /** The audit log says what is asked, nothing else has happened. */
  "after-asked",
  /** The command is on record, nothing else has happened. */
  "after-placed",
  /** A second person's word is on record, nothing has come of it. */
  "after-approval",
  /** The nonce is chosen; nobody has been told, and nothing is on record. */
  "after-nonce",
  /** There are bytes for that nonce; nothing is on record. */
  "after-bytes",
  /** Within the signing transaction: signed and written, not committed. */
  "after-signing",
  "after-signed-commit",
  /** What a wallet has signed is on record and not sent. */
  "after-wallet-kept",
  /** The same act for a higher fee is on record and not sent. */
  "after-raise",
  "before-broadcast",
  "after-broadcast",
  "before-receipt",
  "after-receipt",
  /** What the receipt says is on record; nobody who waits has been told. */
  "after-settled",
  /** A refusal is on record; nobody has been told. */
  "after-failed",
  /** Some events of a block are projected, others not. */
  "mid-block",
  /** Within the projector's transaction: rows and cursor are written, not committed. */
  "before-cursor-commit",
  "after-cursor-commit",
  /** Within the undoing of blocks that were reorganised away. */
  "in-undo",
  /** The effect is in the read model, the answer is not made yet. */
  "after-effect-before-answer",
  "before-answer-stored",
  "after-answer-stored",
  /** Between two transactions of one request. */
  "mid-batch",
  /** A webhook was sent, what came of it is not on record. */
  "mid-webhook",
  /** A tree of events is on record, and no command for its root. */
  "after-tree",
  /** Of any transaction. */
  "before-commit",
  "after-commit",
  /** The schema is up to date, the projection has not started. */
  "while-starting",
] as const;
export type CrashPoint = (typeof crashPoints)[number];

/** The `nth` time that a process comes to `point`, from 1. */
export interface CrashPlace {
  readonly point: CrashPoint;
  readonly nth: number;
}

let place: CrashPlace | undefined;
let passed = 0;

/** Reads `point` or `point:nth`; undefined for what is no such place. */
export function crashPlaceOf(text: string): CrashPlace | undefined {
  const [, name, nth = "1"] = /^([a-z-]+)(?::([1-9]\d{0,5}))?$/.exec(text) ?? [];
  const point = crashPoints.find((known) => known === name);
  return point === undefined ? undefined : { point, nth: Number(nth) };
}

/** From here on this process dies at `at`. For the fault campaign, in a sandbox. */
export function crashAt(at: CrashPlace | undefined): void {
  place = at;
  passed = 0;
}

/** Ends this process as a failure of the machine would, where it was told to; else nothing. */
export function crashPoint(point: CrashPoint): void {
  if (place?.point !== point) return;
  passed += 1;
  if (passed === place.nth) process.kill(process.pid, "SIGKILL");
}
