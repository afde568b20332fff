import type { Measured } from "./measure.ts";
import { batchSize, financedLife, type Operation } from "./operations.ts";

/** What is told of an operation: of a batch, its share. */
export interface Figures {
  readonly operation: string;
  readonly gas: number;
  readonly floor: number;
  /** Gas by floor, to three decimals. */
  readonly ratio: number;
  readonly newSlots: number;
  readonly updatedSlots: number;
}

export function figuresOf(operation: Operation, { gas, floor }: Measured): Figures {
  const shares = operation === "issueOrderInBatchOf100" ? batchSize : 1;
  return {
    operation,
    gas: Math.round(gas / shares),
    floor: Math.round(floor.gas / shares),
    ratio: Number((gas / floor.gas).toFixed(3)),
    newSlots: floor.newSlots.length / shares,
    updatedSlots: floor.updatedSlots.length / shares,
  };
}

/** Gas of the eight acts together. */
export function gasOfFinancedLife(all: readonly Figures[]): number {
  const acts = all.filter(({ operation }) => financedLife.some((act) => act === operation));
  return acts.reduce((sum, { gas }) => sum + gas, 0);
}
