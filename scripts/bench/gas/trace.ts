/** A step as `debug_traceTransaction` tells it; the stack's top is last. */
export interface StructLog {
  readonly op: string;
  readonly gas: number;
  readonly gasCost: number;
  readonly depth: number;
  readonly stack: readonly string[];
}

/** One call of a contract, and what became of it. */
export interface Frame {
  /** Whose code runs; lower case. */
  readonly code: string;
  /** Whose storage it is: another account's where the call is delegated. */
  readonly account: string;
  readonly depth: number;
  readonly caller: Frame | undefined;
  readonly steps: Step[];
  /** Gas that was spent in it and in what it called. */
  gas: number;
  /** It reverted, or its caller did: nothing that it wrote remains. */
  undone: boolean;
}

/** One instruction, in the frame that ran it. */
export interface Step {
  readonly op: string;
  readonly frame: Frame;
  readonly stack: readonly string[];
  /** Gas before it. */
  readonly gas: number;
  /** Its own gas: for a call, without what the called contract spent. */
  cost: number;
  /** What it left on top of the stack; unknown where the frame ended with it. */
  result: bigint | undefined;
}

/** A transaction's run: its frames and steps in the order in which they began. */
export interface Run {
  readonly frames: readonly [Frame, ...Frame[]];
  readonly steps: readonly Step[];
}

const endings = new Set(["STOP", "RETURN", "REVERT", "SELFDESTRUCT"]);
const calls = new Set(["CALL", "CALLCODE", "DELEGATECALL", "STATICCALL"]);

/**
 * Reads a trace as calls of contracts.
 * @param to the account that the transaction called
 */
export function readRun(logs: readonly StructLog[], to: string): Run {
  const root = openFrame(to.toLowerCase(), to.toLowerCase(), undefined);
  const frames: [Frame, ...Frame[]] = [root];
  const steps: Step[] = [];
  let frame = root;
  for (const log of logs) {
    while (log.depth < frame.depth && frame.caller !== undefined) frame = leave(frame, log);
    if (log.depth > frame.depth) {
      frame = enter(frame);
      frames.push(frame);
    }
    conclude(frame.steps.at(-1), log);
    const { op, stack, gas, gasCost: cost } = log;
    const step: Step = { op, frame, stack, gas, cost, result: undefined };
    frame.steps.push(step);
    steps.push(step);
  }
  while (frame.caller !== undefined) frame = leave(frame, undefined);
  root.gas = spentIn(root);
  root.undone = !endedWell(root);
  for (const inner of frames) inner.undone ||= inner.caller?.undone === true;
  return { frames, steps };
}

/** The account that a step calls, lower case, if it calls one. */
export function calledBy(step: Step): string | undefined {
  return calls.has(step.op) ? addressOf(operand(step, 1)) : undefined;
}

/** An operand of a step, counted from the top of the stack. */
export function operand(step: Step, position: number): bigint {
  return BigInt(step.stack.at(-1 - position) ?? 0);
}

function openFrame(code: string, account: string, caller: Frame | undefined): Frame {
  const depth = caller === undefined ? 1 : caller.depth + 1;
  return { code, account, depth, caller, steps: [], gas: 0, undone: false };
}

function enter(caller: Frame): Frame {
  const call = caller.steps.at(-1);
  if (call === undefined) throw new Error("The trace begins inside a call.");
  const code = calledBy(call);
  if (code === undefined) throw new Error(`The trace enters a contract by ${call.op}.`);
  const delegated = call.op === "DELEGATECALL" || call.op === "CALLCODE";
  return openFrame(code, delegated ? caller.account : code, caller);
}

/** Back to the caller, whose call has then cost only what the called contract did not spend. */
function leave(frame: Frame, next: StructLog | undefined): Frame {
  const caller = frame.caller;
  if (caller === undefined) return frame;
  frame.gas = spentIn(frame);
  frame.undone = !endedWell(frame);
  const call = caller.steps.at(-1);
  if (call !== undefined && next?.depth === caller.depth)
    call.cost = call.gas - next.gas - frame.gas;
  return caller;
}

function conclude(step: Step | undefined, next: StructLog): void {
  if (step === undefined) return;
  const top = next.stack.at(-1);
  step.result = top === undefined ? undefined : BigInt(top);
  if (!calls.has(step.op)) step.cost = step.gas - next.gas;
}

function spentIn({ steps }: Frame): number {
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined) return 0;
  // What ends by running out of gas has spent all of it.
  return endings.has(last.op) ? first.gas - last.gas + last.cost : first.gas;
}

function endedWell({ steps }: Frame): boolean {
  const last = steps.at(-1)?.op ?? "STOP";
  return endings.has(last) && last !== "REVERT";
}

function addressOf(word: bigint): string {
  return `0x${(word & ((1n << 160n) - 1n)).toString(16).padStart(40, "0")}`;
}
