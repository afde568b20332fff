import { Seeded } from "../../random/seeded.ts";
import type { Arguments } from "../arguments.ts";
import { planKills, type KillPlan } from "./kill-plan.ts";
import { planWaves, type Wave } from "./life-plan.ts";

/** Blocks that come and go between two days. */
export interface Reorganisation {
  /** Empty blocks that are mined and then leave the chain again. */
  readonly depth: number;
  /** Whether every process dies while it undoes them. */
  readonly kills: boolean;
}

/** All that a campaign means to do: a pure function of its arguments. */
export interface Plan {
  readonly waves: readonly Wave[];
  readonly kills: KillPlan;
  /** By the day on which a wave begins, and the ones after the last wave's. */
  readonly reorganisations: readonly (Reorganisation | undefined)[];
  /** For the faults of node and database. */
  readonly faultSeed: number;
}

/** Days, on each of which a life has some acts. */
export const daysOfLife = 4;
const commandsOfLife = 10;

export function planCampaign({ lifecycles, seed, kills, processes }: Arguments): Plan {
  const waves = planWaves(lifecycles, seed);
  const random = new Seeded(seed + 3);
  const reorganisations = Array.from({ length: waves.length + daysOfLife - 1 }, (_, day) =>
    day > 0 && random.below(3n) > 0n
      ? { depth: 1 + Number(random.below(4n)), kills: day % 2 === 1 && kills > day }
      : undefined,
  );
  // A process is killed to be told where to die, and dies there.
  const undone = reorganisations.filter((reorganisation) => reorganisation?.kills === true).length;
  const rest = Math.max(kills - undone * (processes + 1), 0);
  return {
    waves,
    reorganisations,
    kills: planKills(rest, lifecycles * commandsOfLife, seed),
    faultSeed: seed + 4,
  };
}
