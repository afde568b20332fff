/** Numbers in drawings: a tenth of a pixel is enough. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Round values between two, for an axis: at most five. */
export function ticks(low: number, high: number): number[] {
  const step = [0.5, 1, 2, 5, 10, 20, 50].find((size) => (high - low) / size <= 4) ?? 100;
  const first = Math.ceil(low / step) * step;
  const count = Math.floor((high - first) / step + 1e-9) + 1;
  return Array.from({ length: Math.max(count, 0) }, (_, at) => first + at * step);
}
