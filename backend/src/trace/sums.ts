import { ExactDecimal } from "../math/exact-decimal.ts";
import { measureOf, type Mention } from "./told-event.ts";
import type { Measure } from "./units.ts";

/** Amounts added up unit by unit. */
export class Sums {
  readonly #sums = new Map<string | null, ExactDecimal>();
  /** Whether something came without a quantity, so that the sums say too little. */
  isMissing = false;

  get units(): (string | null)[] {
    return [...this.#sums.keys()];
  }

  get isEmpty(): boolean {
    return this.#sums.size === 0 && !this.isMissing;
  }

  of(unit: string | null): ExactDecimal {
    return this.#sums.get(unit) ?? ExactDecimal.zero;
  }

  has(unit: string | null): boolean {
    return this.#sums.has(unit);
  }

  add(measure: Measure | undefined): void {
    if (measure === undefined) this.isMissing = true;
    else this.#sums.set(measure.unit, this.of(measure.unit).plus(measure.amount));
  }

  take(measure: Measure | undefined): void {
    if (measure === undefined) this.isMissing = true;
    else this.#sums.set(measure.unit, this.of(measure.unit).minus(measure.amount));
  }

  addAll(mentions: readonly Mention[]): void {
    for (const mention of mentions) this.add(measureOf(mention));
  }

  addSums(other: Sums): void {
    for (const unit of other.units) this.add({ unit, amount: other.of(unit) });
    this.isMissing ||= other.isMissing;
  }
}
