import { toBeHex } from "ethers";
import type { Directory } from "./cast.ts";
import type { Slot } from "./floor.ts";
import type { Measured } from "./measure.ts";
import { Memory } from "./memory.ts";
import { operand, type Frame, type Step } from "./trace.ts";

/** What instructions are for. */
const kinds = ["storage", "calls", "logs", "hashing", "memory", "copying", "computing"] as const;
type Kind = (typeof kinds)[number];
type Spending = Record<Kind, number>;

const kindOf: Readonly<Record<string, Kind>> = {
  SLOAD: "storage",
  SSTORE: "storage",
  TLOAD: "storage",
  TSTORE: "storage",
  CALL: "calls",
  STATICCALL: "calls",
  DELEGATECALL: "calls",
  EXTCODESIZE: "calls",
  EXTCODEHASH: "calls",
  LOG0: "logs",
  LOG1: "logs",
  LOG2: "logs",
  LOG3: "logs",
  LOG4: "logs",
  KECCAK256: "hashing",
  MCOPY: "copying",
  CALLDATACOPY: "copying",
  CODECOPY: "copying",
  RETURNDATACOPY: "copying",
};

/** Where the gas of an act goes, for a person who looks for some to spare. */
export function explain(operation: string, measured: Measured, directory: Directory): string {
  const memory = new Memory();
  const spent = spendingByFrame(measured.run.steps, memory);
  const sections = [
    head(operation, measured),
    section("Beyond the floor", beyondTheFloor(measured, spent)),
    section("By contract (gas spent inside, without what it called)", byContract(spent, directory)),
    section(
      "Calls (gas with what they called, without; memory)",
      callTree(spent, memory, directory),
    ),
    section("Slots", slotList(measured, directory)),
    section("Logs", logList(measured.run.steps, directory)),
  ];
  return sections.join("\n\n");
}

function head(operation: string, { gas, refund, floor }: Measured): string {
  const parts = [
    `21000`,
    `calldata ${floor.calldata}`,
    `${floor.newSlots.length} new slots`,
    `${floor.updatedSlots.length} updated slots`,
    `${floor.readSlots.length} cold reads`,
    `${floor.accounts.length} cold accounts`,
    `logs ${floor.logs}`,
  ];
  const afterRefund = refund === 0 ? "" : ` after a refund of ${refund}`;
  return [
    `${operation}: gas ${gas}${afterRefund}, floor ${floor.gas}, ratio ${(gas / floor.gas).toFixed(3)}`,
    `  floor = ${parts.join(" + ")}`,
  ].join("\n");
}

function section(title: string, lines: readonly string[]): string {
  return [title, ...lines.map((line) => `  ${line}`)].join("\n");
}

function spendingByFrame(steps: readonly Step[], memory: Memory): Map<Frame, Spending> {
  const spent = new Map<Frame, Spending>();
  for (const step of steps) {
    const spending = spent.get(step.frame) ?? nothing();
    spent.set(step.frame, spending);
    const grown = memory.growWith(step);
    spending.memory += grown;
    spending[kindOf[step.op] ?? "computing"] += step.cost - grown;
  }
  return spent;
}

function nothing(): Spending {
  return { storage: 0, calls: 0, logs: 0, hashing: 0, memory: 0, copying: 0, computing: 0 };
}

function sumOf(spendings: Iterable<Spending>): Spending {
  const sum = nothing();
  for (const spending of spendings) for (const kind of kinds) sum[kind] += spending[kind];
  return sum;
}

function total(spending: Spending): number {
  return kinds.reduce((sum, kind) => sum + spending[kind], 0);
}

function beyondTheFloor({ floor }: Measured, spent: ReadonlyMap<Frame, Spending>): string[] {
  const sum = sumOf(spent.values());
  const { newSlots, updatedSlots, readSlots, accounts } = floor;
  sum.storage -= 22_100 * newSlots.length + 5_000 * updatedSlots.length + 2_100 * readSlots.length;
  sum.calls -= 2_600 * accounts.length;
  sum.logs -= floor.logs;
  return [kinds.map((kind) => `${kind} ${sum[kind]}`).join(", ") + `; in all ${total(sum)}`];
}

function byContract(spent: ReadonlyMap<Frame, Spending>, directory: Directory): string[] {
  const byName = Map.groupBy(spent.entries(), ([frame]) => nameOf(frame.code, directory));
  const rows = [...byName].map(([name, entries]) => {
    const spending = sumOf(entries.map(([, of]) => of));
    return { cells: [name, entries.length, ...kinds.map((kind) => spending[kind])], spending };
  });
  rows.sort((one, other) => total(other.spending) - total(one.spending));
  return [
    row(["", "calls", ...kinds.map((kind) => (kind === "calls" ? "calling" : kind)), "total"]),
    ...rows.map(({ cells, spending }) => row([...cells, total(spending)])),
  ];
}

function row([name, ...numbers]: readonly (string | number)[]): string {
  return String(name).padEnd(18) + numbers.map((number) => String(number).padStart(10)).join("");
}

function callTree(
  spent: ReadonlyMap<Frame, Spending>,
  memory: Memory,
  directory: Directory,
): string[] {
  return [...spent].map(([frame, spending]) => {
    const indent = "  ".repeat(frame.depth - 1);
    const call = `${indent}${nameOf(frame.code, directory)}.${functionOf(frame, directory)}`;
    const undone = frame.undone ? " (undone)" : "";
    return `${call.padEnd(52)} ${frame.gas}, ${total(spending)}; ${memory.bytesOf(frame)} bytes${undone}`;
  });
}

/** A dispatcher begins by shifting the selector out of the calldata. */
function functionOf({ code, steps }: Frame, directory: Directory): string {
  const shifted = steps.find(({ op }) => op === "SHR")?.result;
  if (shifted === undefined || shifted > 0xff_ff_ff_ffn) return "?";
  const selector = toBeHex(shifted, 4);
  return directory.get(code)?.abi.getFunction(selector)?.name ?? selector;
}

function slotList({ floor, run }: Measured, directory: Directory): string[] {
  const uses = Map.groupBy(
    run.steps.filter(({ op }) => op === "SLOAD" || op === "SSTORE"),
    (step) => `${step.frame.account}/${operand(step, 0)}`,
  );
  const line = (what: string, { account, slot, before, after, written }: Slot): string => {
    const steps = uses.get(`${account}/${slot}`) ?? [];
    const loads = steps.filter(({ op }) => op === "SLOAD").length;
    const values = written ? ` ${toBeHex(before)} -> ${toBeHex(after)}` : "";
    const place = `${nameOf(account, directory)} ${shortened(slot)}`;
    return `${what.padEnd(8)}${place.padEnd(32)} loads ${loads}, stores ${steps.length - loads}${values}`;
  };
  return [
    ...floor.newSlots.map((slot) => line("new", slot)),
    ...floor.updatedSlots.map((slot) => line("updated", slot)),
    ...floor.readSlots.map((slot) => line("read", slot)),
  ];
}

function logList(steps: readonly Step[], directory: Directory): string[] {
  return steps
    .filter(({ op }) => op.startsWith("LOG"))
    .map((step) => {
      const topic = operand(step, 2);
      const event = directory.get(step.frame.code)?.abi.getEvent(toBeHex(topic, 32));
      const name = `${nameOf(step.frame.account, directory)}.${event?.name ?? "?"}`;
      return `${name.padEnd(44)} ${step.op.slice(3)} topics, ${operand(step, 1)} bytes, ${step.cost} gas`;
    });
}

/** Slots of one record differ at the end only. */
function shortened(slot: bigint): string {
  const hex = toBeHex(slot);
  return hex.length <= 16 ? hex : `${hex.slice(0, 8)}…${hex.slice(-6)}`;
}

function nameOf(account: string, directory: Directory): string {
  return directory.get(account)?.name ?? account;
}
