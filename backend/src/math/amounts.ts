/** Thousandths of a unit × hundredths of a minor unit, in one minor unit. */
const scale = 100_000n;

/**
 * Quantity × unit price, rounded half up to the minor unit. Twin of `Amounts.valueHalfUp`.
 * @param quantity thousandths of the unit
 * @param unitPrice hundredths of a minor unit
 * @returns minor units
 */
export function valueHalfUp(quantity: bigint, unitPrice: bigint): bigint {
  return (quantity * unitPrice + scale / 2n) / scale;
}

/** ⌊amount × bps ÷ 10,000⌋ */
export function shareDown(amount: bigint, bps: bigint | number): bigint {
  return (amount * BigInt(bps)) / 10_000n;
}

export function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

export function most(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

/** max(0, a − b) */
export function lessDownToZero(a: bigint, b: bigint): bigint {
  return a > b ? a - b : 0n;
}
