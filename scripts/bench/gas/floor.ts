import { calledBy, operand, type Run, type Step } from "./trace.ts";

/** A storage slot that a transaction touched. */
export interface Slot {
  readonly account: string;
  readonly slot: bigint;
  /** Its value before the transaction. */
  readonly before: bigint;
  after: bigint;
  written: boolean;
}

/** What no implementation of an act can do without, if it touches the same state and says the same in its logs. */
export interface Floor {
  readonly gas: number;
  readonly calldata: number;
  /** Zero before, something else afterwards. */
  readonly newSlots: readonly Slot[];
  /** Written, and not zero before. */
  readonly updatedSlots: readonly Slot[];
  readonly readSlots: readonly Slot[];
  /** Accounts that were called, but for the sender, the called contract and precompiled ones. */
  readonly accounts: readonly string[];
  readonly logs: number;
}

export interface Sent {
  readonly from: string;
  readonly to: string;
  /** Calldata, hexadecimal. */
  readonly data: string;
}

// EIP-2028, EIP-2929, EIP-2200 and the yellow paper's Glog…, as of Cancun.
const base = 21_000;
const perByte = { zero: 4, other: 16 };
const perNewSlot = 22_100;
const perUpdatedSlot = 5_000;
const perReadSlot = 2_100;
const perAccount = 2_600;
const perLog = 375;
const perTopic = 375;
const perLogByte = 8;
const lastPrecompiled = 10n;

/** The act's own floor, from what its transaction did. */
export function floorOf({ from, to, data }: Sent, { steps }: Run): Floor {
  const slots = slotsOf(steps);
  const newSlots = slots.filter((slot) => slot.before === 0n && slot.after !== 0n);
  const updatedSlots = slots.filter((slot) => slot.before !== 0n && slot.written);
  const readSlots = slots.filter(
    (slot) => !newSlots.includes(slot) && !updatedSlots.includes(slot),
  );
  const warm = new Set([from.toLowerCase(), to.toLowerCase()]);
  const called = steps.map(calledBy).filter((account) => account !== undefined);
  const accounts = [...new Set(called)].filter(
    (account) => !warm.has(account) && BigInt(account) > lastPrecompiled,
  );
  const calldata = calldataGas(data);
  const logs = steps.reduce((sum, step) => sum + logGas(step), 0);
  const gas =
    base +
    calldata +
    perNewSlot * newSlots.length +
    perUpdatedSlot * updatedSlots.length +
    perReadSlot * readSlots.length +
    perAccount * accounts.length +
    logs;
  return { gas, calldata, newSlots, updatedSlots, readSlots, accounts, logs };
}

function calldataGas(data: string): number {
  const bytes = data.slice(2).match(/../g) ?? [];
  return bytes.reduce((sum, byte) => sum + (byte === "00" ? perByte.zero : perByte.other), 0);
}

function logGas(step: Step): number {
  const topics = /^LOG([0-4])$/.exec(step.op)?.[1];
  if (topics === undefined || step.frame.undone) return 0;
  return perLog + perTopic * Number(topics) + perLogByte * Number(operand(step, 1));
}

/** Slots by their first touch. */
function slotsOf(steps: readonly Step[]): Slot[] {
  const slots = new Map<string, Slot>();
  for (const step of steps) {
    if (step.op !== "SLOAD" && step.op !== "SSTORE") continue;
    const { account, undone } = step.frame;
    const [slot, value] = [operand(step, 0), operand(step, 1)];
    const key = `${account}/${slot.toString(16)}`;
    let touched = slots.get(key);
    if (touched === undefined) {
      const before = step.op === "SLOAD" ? (step.result ?? 0n) : overwritten(step, value);
      touched = { account, slot, before, after: before, written: false };
      slots.set(key, touched);
    }
    if (step.op === "SLOAD" || undone) continue;
    touched.after = value;
    touched.written = true;
  }
  return [...slots.values()];
}

/** What stood where a write is the first touch: the price of the write tells (EIP-2200 with EIP-2929). */
function overwritten(step: Step, value: bigint): bigint {
  if (step.cost >= 20_000) return 0n;
  // Something else that was not zero: which value it was is not told, and nobody asks.
  return step.cost >= 2_900 ? 1n : value;
}
