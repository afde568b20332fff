import { operand, type Frame, type Step } from "./trace.ts";

/** Where an instruction's stretch of memory begins and how long it is: positions on the stack, or a fixed length. */
type Stretch = readonly [offset: number, length: number | { readonly bytes: number }];

const word = { bytes: 32 };
const stretches: Readonly<Record<string, readonly Stretch[]>> = {
  MLOAD: [[0, word]],
  MSTORE: [[0, word]],
  MSTORE8: [[0, { bytes: 1 }]],
  MCOPY: [
    [0, 2],
    [1, 2],
  ],
  KECCAK256: [[0, 1]],
  CALLDATACOPY: [[0, 2]],
  CODECOPY: [[0, 2]],
  RETURNDATACOPY: [[0, 2]],
  EXTCODECOPY: [[1, 3]],
  LOG0: [[0, 1]],
  LOG1: [[0, 1]],
  LOG2: [[0, 1]],
  LOG3: [[0, 1]],
  LOG4: [[0, 1]],
  RETURN: [[0, 1]],
  REVERT: [[0, 1]],
  CALL: [
    [3, 4],
    [5, 6],
  ],
  STATICCALL: [
    [2, 3],
    [4, 5],
  ],
  DELEGATECALL: [
    [2, 3],
    [4, 5],
  ],
};

/** How far the memory of frames has grown. */
export class Memory {
  private readonly words = new Map<Frame, number>();

  /** Gas that a step spends on new memory. Steps are given in their order. */
  growWith(step: Step): number {
    const before = this.words.get(step.frame) ?? 0;
    const reached = (stretches[step.op] ?? []).map((stretch) => wordsOf(step, stretch));
    const after = Math.max(before, ...reached);
    this.words.set(step.frame, after);
    return gasOf(after) - gasOf(before);
  }

  bytesOf(frame: Frame): number {
    return 32 * (this.words.get(frame) ?? 0);
  }
}

function wordsOf(step: Step, [offset, length]: Stretch): number {
  const bytes = typeof length === "number" ? Number(operand(step, length)) : length.bytes;
  return bytes === 0 ? 0 : Math.ceil((Number(operand(step, offset)) + bytes) / 32);
}

/** Yellow paper, Cmem. */
function gasOf(words: number): number {
  return 3 * words + Math.floor((words * words) / 512);
}
