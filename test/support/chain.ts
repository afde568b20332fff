import { network } from "hardhat";

/** 2026-09-01 09:00 at +08:00: where every test begins, far from either end of a civil day. */
const morning = Date.parse("2026-09-01T09:00:00+08:00") / 1000;
const daySeconds = 86_400;

/** One chain for all files of a run; each test begins from a snapshot of it. */
const chain = await network.create({
  network: "default",
  override: { initialDate: new Date((morning - 2 * daySeconds) * 1000).toISOString() },
});
export const { ethers } = chain;
const { networkHelpers } = chain;

type Snapshot = Awaited<ReturnType<typeof networkHelpers.takeSnapshot>>;
type Scene = () => Promise<unknown>;

let genesis: Snapshot | undefined;
const built = new Map<Scene, { readonly value: unknown; readonly snapshot: Snapshot }>();

/** The chain as `scene` leaves it: built on an empty chain the first time, returned to afterwards. */
export async function load<T>(scene: () => Promise<T>): Promise<T> {
  const known = built.get(scene);
  if (known !== undefined) {
    await known.snapshot.restore();
    return known.value as T;
  }
  // Returning to the beginning drops every snapshot that was taken since.
  built.clear();
  if (genesis === undefined) genesis = await networkHelpers.takeSnapshot();
  else await genesis.restore();
  const value = await scene();
  built.set(scene, { value, snapshot: await networkHelpers.takeSnapshot() });
  return value;
}

/** The second of nine in the morning, `days` civil days after the tests' first. */
export function day(days: number): number {
  return morning + days * daySeconds;
}

/** The civil day of `day(days)`, as the contracts count. */
export function civilDay(days: number): bigint {
  return BigInt(Math.floor((day(days) + 8 * 3600) / daySeconds));
}

/** The next transaction happens at this second. */
export function at(seconds: number): Promise<void> {
  return networkHelpers.time.setNextBlockTimestamp(seconds);
}

/** The next transaction happens at nine in the morning, `days` civil days after the tests' first. */
export function onDay(days: number): Promise<void> {
  return at(day(days));
}

/** Lets the calendar pass without a transaction, for what is only read. */
export function readOnDay(days: number): Promise<void> {
  return networkHelpers.time.increaseTo(day(days));
}
