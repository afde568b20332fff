import { Seeded } from "../../random/seeded.ts";

/** How a life differs from the plain one: drawn, stored, delivered whole, collected when due. */
const variations = [
  "plain",
  /** The buyer takes a part; the rest comes back, is stored and delivered again. */
  "partial",
  /** The cooperative repays some of its loan by hand. */
  "repaid",
  /** The buyer pays by itself, in two parts, before it is due. */
  "paid",
  /** The cooperative asks for more than there is to draw, and is refused first. */
  "greedy",
  /** The buyer thinks better of it before the cooperative accepts. */
  "cancelled",
] as const;
type Variation = (typeof variations)[number];

/** One order from issue to cash. Quantities in thousandths, `unitPrice` in hundredths of a minor unit. */
export interface LifePlan {
  readonly number: string;
  readonly buyer: number;
  readonly cooperative: number;
  readonly warehouse: number;
  readonly variation: Variation;
  readonly quantity: bigint;
  readonly unitPrice: bigint;
  /** Of the order's value, drawn when it has been accepted. */
  readonly drawnBps: bigint;
  /** What the buyer takes of the first delivery. */
  readonly acceptedBps: bigint;
  /** Issued together with others of its wave and buyer. */
  readonly inBatch: boolean;
}

/** Lives that begin on one day. */
export type Wave = readonly LifePlan[];

/** How many play each role. The first buyer is an organisation, the last warehouse signs with a wallet. */
export const cast = { buyers: 3, cooperatives: 3, warehouses: 3, lenders: 2 } as const;

const largestWave = 25;

/** The lives of a campaign, in waves of about the same size. */
export function planWaves(lifecycles: number, seed: number): Wave[] {
  const random = new Seeded(seed + 1);
  const count = Math.max(Math.ceil(lifecycles / largestWave), Math.min(lifecycles, 3));
  const lives = Array.from({ length: lifecycles }, (_, index) => planLife(random, seed, index));
  return Array.from({ length: count }, (_, wave) =>
    lives.filter((_, index) => index % count === wave),
  );
}

function planLife(random: Seeded, seed: number, index: number): LifePlan {
  const between = (least: bigint, most: bigint): bigint => least + random.below(most - least + 1n);
  const below = (count: number): number => Number(random.below(BigInt(count)));
  return {
    number: `FAULTS-${String(seed)}-${String(index + 1)}`,
    buyer: below(cast.buyers),
    cooperative: below(cast.cooperatives),
    warehouse: below(cast.warehouses),
    variation: random.pick(variations),
    quantity: between(1_000_000n, 9_999_999n),
    unitPrice: between(10_000n, 99_999n),
    drawnBps: between(2_000n, 5_500n),
    acceptedBps: between(6_000n, 9_500n),
    inBatch: random.below(10n) < 3n,
  };
}
