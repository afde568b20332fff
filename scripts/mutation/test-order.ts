import type { Mutant } from "./mutants/mutants.ts";

/** Which test to run first: the one that names the function, or noticed the mutants around it. */
export class TestOrder {
  private readonly kills: { readonly mutant: Mutant; readonly test: string }[] = [];

  /** @param tests their texts by file */
  constructor(private readonly tests: ReadonlyMap<string, string>) {}

  noticed(mutant: Mutant, test: string): void {
    this.kills.push({ mutant, test });
  }

  /** All tests, the most promising first. */
  for(mutant: Mutant): readonly string[] {
    const scores = new Map<string, number>();
    for (const [test, text] of this.tests) {
      const name = mutant.within.replace(/^_/, "");
      const mentions = text.match(new RegExp(`\\b${name}\\b`, "g"))?.length ?? 0;
      scores.set(test, Math.min(mentions, 5) + this.kinship(mutant, test));
    }
    return [...scores].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([test]) => test);
  }

  private kinship(mutant: Mutant, test: string): number {
    let score = 0;
    for (const kill of this.kills)
      if (kill.test === test && kill.mutant.file === mutant.file)
        score += kill.mutant.within === mutant.within ? 10 : 1;
    return score;
  }
}
