/** Injection token of the `Sender`. */
export const SENDER = Symbol("Sender");

/** The place in a stream after everything in a block. */
export function endOfBlock(block: number): { readonly block: number; readonly logIndex: number } {
  return { block, logIndex: 2 ** 31 - 1 };
}
