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

/** What happens at the dawn of a day, when nobody acts. */
interface DayPlan {
  readonly reorganisation: Reorganisation | undefined;
  /** Whether every process is to die in the middle of the first batch that it gets. */
  readonly killsInBatch: boolean;
}

/** All that a campaign means to do: a pure function of its arguments. */
export interface Plan {
  readonly waves: readonly Wave[];
  readonly kills: KillPlan;
  /** One wave begins on each, and the last waves go on for some more. */
  readonly days: readonly DayPlan[];
  /** For the faults of node and database. */
  readonly faultSeed: number;
}

/** Days, on each of which a life has some acts. */
const daysOfLife = 4;
const commandsOfLife = 9;

export function planCampaign({ lifecycles, seed, kills, processes }: Arguments): Plan {
  const waves = planWaves(lifecycles, seed);
  const random = new Seeded(seed + 3);
  // One death to be told where to die, and one there.
  let left = kills;
  const mayKill = (): boolean => {
    const may = left >= 4 * processes;
    if (may) left -= processes + 1;
    return may;
  };
  const days = Array.from({ length: waves.length + daysOfLife - 1 }, (_, place): DayPlan => {
    const depth = 1 + Number(random.below(4n));
    const isReorganised = place > 0 && random.below(3n) > 0n;
    const batches = waves[place]?.some(({ inBatch }) => inBatch) === true;
    return {
      reorganisation: isReorganised ? { depth, kills: place % 2 === 1 && mayKill() } : undefined,
      killsInBatch: batches && place % 2 === 0 && mayKill(),
    };
  });
  return {
    waves,
    days,
    kills: planKills(left, lifecycles * commandsOfLife, processes, seed),
    faultSeed: seed + 4,
  };
}
