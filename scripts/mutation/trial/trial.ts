import type { Bytecodes, Compiler } from "../../solidity/compiler.ts";
import { replacements } from "../../solidity/deployment.ts";
import { isKeptFor, text, type House } from "../../solidity/house.ts";
import type { Mutant } from "../mutants/mutants.ts";
import type { TestOrder } from "../test-order.ts";
import type { Fate } from "../verdict.ts";
import type { Bench } from "./bench.ts";
import { PropertyTests } from "./property-tests.ts";

/** What became of a mutant, and the test that noticed. */
export interface Outcome {
  readonly fate: Fate;
  readonly by?: string | undefined;
}

/** Tries mutants, each on the tests that are kept for its folder first, then on all. */
export class Trial {
  private readonly seen = new Set<string>();
  private readonly properties: PropertyTests;

  constructor(
    private readonly house: House,
    private readonly compiler: Compiler,
    private readonly bench: Bench,
    private readonly order: TestOrder,
    /** As compiled without a fault. */
    private readonly sound: Bytecodes,
    /** For one run of all tests. */
    private readonly patience: number,
  ) {
    this.properties = new PropertyTests(house.root);
  }

  async of(mutant: Mutant): Promise<Outcome> {
    return (await this.onKeptTests(mutant)) ?? (await this.onAllTests(mutant));
  }

  close(): void {
    this.properties.close();
  }

  /** Quick: the contracts themselves need not be compiled for it. */
  private async onKeptTests(mutant: Mutant): Promise<Outcome | undefined> {
    const { harnesses, tests, properties } = this.house;
    const kept = (file: string): boolean => isKeptFor(mutant.file, file);
    const dependents = this.compiler.dependentsOf(mutant.file);
    const harness = harnesses.filter((file) => kept(file) && dependents.includes(file));
    if (harness.length > 0) {
      const changed = this.changed(mutant, harness);
      if (changed === undefined) return { fate: "uncompiled" };
      if (changed.size === 0) return undefined;
      if (this.isRepeated(changed)) return { fate: "duplicate" };
      const by = await this.noticing(mutant, changed, tests.filter(kept), []);
      if (by !== undefined) return { fate: "killed", by };
    }
    const stated = properties.filter(kept);
    if (stated.length === 0 || !this.compiles(mutant)) return undefined;
    const original = text(this.house, mutant.file);
    if (this.properties.pass(mutant.file, mutant.source, original, stated)) return undefined;
    return { fate: "killed", by: "properties" };
  }

  private async onAllTests(mutant: Mutant): Promise<Outcome> {
    const changed = this.changed(mutant, this.compiler.dependentsOf(mutant.file));
    if (changed === undefined) return { fate: "uncompiled" };
    if (changed.size === 0) return { fate: "equivalent" };
    if (this.isRepeated(changed)) return { fate: "duplicate" };
    const { tests, stories } = this.house;
    const by = await this.noticing(mutant, changed, tests, stories);
    return by === undefined ? { fate: "survived" } : { fate: "killed", by };
  }

  private compiles(mutant: Mutant): boolean {
    const instead = new Map([[mutant.file, mutant.source]]);
    return this.compiler.compile([mutant.file], instead) !== undefined;
  }

  /** The contracts among these files that the fault makes other ones. */
  private changed(mutant: Mutant, files: readonly string[]): Bytecodes | undefined {
    const compiled = this.compiler.compile(files, new Map([[mutant.file, mutant.source]]));
    if (compiled === undefined) return undefined;
    return new Map([...compiled].filter(([name, code]) => code !== this.sound.get(name)));
  }

  private isRepeated(changed: Bytecodes): boolean {
    const print = JSON.stringify([...changed].sort(([a], [b]) => (a < b ? -1 : 1)));
    if (this.seen.has(print)) return true;
    this.seen.add(print);
    return false;
  }

  private async noticing(
    mutant: Mutant,
    changed: Bytecodes,
    tests: readonly string[],
    stories: readonly string[],
  ): Promise<string | undefined> {
    const files = this.order.for(mutant).filter((file) => tests.includes(file));
    const instead = replacements(this.house, changed);
    const told = await this.bench.ask({ instead, files, stories }, this.patience);
    if (told === "lost") return "time limit";
    if (told.file === undefined) return undefined;
    this.order.noticed(mutant, told.file);
    return told.test === undefined ? told.file : `${told.file}: ${told.test}`;
  }
}
