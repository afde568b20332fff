import type { Mutant } from "./mutants/mutants.ts";

export type Fate =
  /** A test, or a story, noticed. */
  | "killed"
  /** Nothing noticed. */
  | "survived"
  /** No program. */
  | "uncompiled"
  /** The same bytecode as without the fault. */
  | "equivalent"
  /** The same bytecode as another mutant. */
  | "duplicate";

/** What became of a mutant. */
export interface Verdict {
  readonly mutant: Mutant;
  readonly fate: Fate;
  /** The test that noticed. */
  readonly by: string | undefined;
  readonly seconds: number;
}

/** Whether it says anything about the tests. */
export function counts({ fate }: Verdict): boolean {
  return fate === "killed" || fate === "survived";
}
