/** Something that an act does on chain, told the same by who asked for it and by the chain's events. */
export type Effect = string;

type Value = string | bigint | number;

/** An effect by its name and by what makes it this one and no other. */
export function effect(name: string, ...values: readonly Value[]): Effect {
  return [name, ...values].join(" ").toLowerCase();
}

/** The value of a quantity at a price, rounded half up: thousandths times hundredths of a minor unit. */
export function valueOf(quantity: bigint, unitPrice: bigint): bigint {
  const unit = 100_000n;
  return (quantity * unitPrice + unit / 2n) / unit;
}
