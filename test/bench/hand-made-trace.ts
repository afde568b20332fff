import type { StructLog } from "../../scripts/bench/gas/trace.ts";

/** An instruction, its own gas, and its operands from the top of the stack down. */
export type Line = readonly [op: string, cost: number, ...operands: bigint[]];
/** What a call runs: lines, and calls in turn. */
export type Code = readonly (Line | { readonly call: Line; readonly runs: Code })[];

/** The trace of `code`. What an instruction leaves on the stack is the next one's lowest operand. */
export function traceOf(code: Code): StructLog[] {
  const logs: StructLog[] = [];
  let gas = 1_000_000;
  const write = ([op, cost, ...operands]: Line, depth: number): void => {
    const stack = operands.map((value) => `0x${value.toString(16)}`).reverse();
    logs.push({ op, gas, gasCost: cost, depth, stack });
    gas -= cost;
  };
  const run = (lines: Code, depth: number): void => {
    for (const line of lines) {
      if ("call" in line) {
        write(line.call, depth);
        run(line.runs, depth + 1);
      } else write(line, depth);
    }
  };
  run(code, 1);
  return logs;
}
