import { operators } from "./operators.ts";
import { walk, type Node, type Range } from "../../solidity/syntax.ts";

/** One small fault in one source file. */
export interface Mutant {
  /** Relative to the house. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** The function that it is in, or the contract. */
  readonly within: string;
  readonly operator: string;
  readonly original: string;
  readonly mutated: string;
  /** The whole file with the fault in it. */
  readonly source: string;
}

/** Every mutant of a file, in the order of the text. */
export function mutantsOf(file: string, source: string, tree: Node): readonly Mutant[] {
  // The tree counts bytes, and the comments have Σ in them.
  const bytes = Buffer.from(source);
  const read = ({ start, end }: Range): string => bytes.toString("utf8", start, end);
  const found: { readonly start: number; readonly mutant: Mutant }[] = [];
  for (const { node, parent, within } of walk(tree))
    for (const [operator, apply] of Object.entries(operators))
      for (const { range, text } of apply(node, read, parent)) {
        const before = read({ start: 0, end: range.start });
        const mutant = {
          file,
          line: before.split("\n").length,
          within,
          operator,
          original: read(range),
          mutated: text,
          source: before + text + read({ start: range.end, end: bytes.length }),
        };
        found.push({ start: range.start, mutant });
      }
  found.sort((a, b) => a.start - b.start);
  return found.map(({ mutant }) => mutant);
}
