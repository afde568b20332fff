import {
  crashPoints,
  type CrashPlace,
  type CrashPoint,
} from "../../../backend/src/crash/crash-points.ts";
import { Seeded } from "../../random/seeded.ts";

/** How one life of a backend's process ends. */
export type Fate =
  | { readonly kind: "point"; readonly at: CrashPlace }
  /** Some commands and some milliseconds after it was ready. */
  | { readonly kind: "random"; readonly afterCommands: number; readonly afterMs: number }
  /** So many milliseconds after it was started, ready or not. */
  | { readonly kind: "newborn"; readonly afterMs: number };

/** Passed at most once in a life of a process, or once in many commands. */
const seldom = new Set<CrashPoint>([
  "while-starting",
  "after-failed",
  "after-approval",
  "after-wallet-kept",
  "after-tree",
]);
/** Passed several times by every command. */
const often = new Set<CrashPoint>(["before-commit", "after-commit", "mid-block"]);
/**
 * The first two come with what the campaign does between two days, and are planned with the days. Nothing waits for a
 * higher fee on a network that mines at once.
 */
const otherwise = new Set<CrashPoint>(["in-undo", "mid-batch", "after-raise"]);

/** Passed by one of several processes, which may be any: as many in a row are told to die there. */
const ofLeaders = new Set<CrashPoint>([
  "mid-block",
  "before-cursor-commit",
  "after-cursor-commit",
  "mid-webhook",
  "after-tree",
]);

/** Whether it may take many commands until a process comes there. */
export function isSeldom(point: CrashPoint): boolean {
  return seldom.has(point);
}

export interface KillPlan {
  /** One after the other, whichever process comes first. */
  readonly fates: readonly Fate[];
  /** Commands that pass between two kills, about. */
  readonly spacing: number;
}

/**
 * Every point as often as every other, and one kill in five at a random moment.
 * @param commands that the lives come to, about
 * @param processes that share them: one command comes to one of them
 */
export function planKills(
  kills: number,
  commands: number,
  processes: number,
  seed: number,
): KillPlan {
  const random = new Seeded(seed + 2);
  // All of them in the first half: what comes after is calm, and must come to an end.
  const spacing = Math.max(Math.floor((commands * 0.5) / Math.max(kills, 1)), 1);
  const points = crashPoints.filter((point) => !otherwise.has(point));
  let round: readonly CrashPoint[] = [];
  const nextPoint = (): CrashPoint => {
    if (round.length === 0)
      round = random
        .shuffled(points)
        .flatMap((point) =>
          ofLeaders.has(point) ? Array<CrashPoint>(processes).fill(point) : point,
        );
    const [first, ...rest] = round;
    if (first === undefined) throw new Error("There is no point to die at.");
    round = rest;
    return first;
  };
  const upTo = (most: number): number => 1 + Number(random.below(BigInt(Math.max(most, 1))));
  const fates = Array.from({ length: kills }, (_, index): Fate => {
    if (index % 5 < 4) {
      const point = nextPoint();
      const passes = seldom.has(point) ? 1 : upTo(spacing * (often.has(point) ? 6 : 2));
      return { kind: "point", at: { point, nth: passes } };
    }
    return random.below(4n) === 0n
      ? { kind: "newborn", afterMs: upTo(2500) }
      : { kind: "random", afterCommands: upTo(2 * spacing * processes), afterMs: upTo(150) };
  });
  return { fates, spacing };
}
