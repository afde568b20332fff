// Money and quantities arrive as decimal strings and stay exact: text and bigint, never a float.

interface Exact {
  units: bigint;
  scale: number;
}

const pattern = /^(-?)(\d+)(?:\.(\d+))?$/;

function parse(decimal: string): Exact {
  const [, sign = "", whole = "0", fraction = ""] = pattern.exec(decimal) ?? [];
  return { units: BigInt(`${sign}${whole}${fraction}`), scale: fraction.length };
}

function rescale({ units, scale }: Exact, to: number): bigint {
  return units * 10n ** BigInt(to - scale);
}

function write({ units, scale }: Exact): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  const fraction = scale > 0 ? `.${digits.slice(-scale)}` : "";
  return `${units < 0n ? "-" : ""}${whole}${fraction}`;
}

/** The sum, with the decimals of its most exact part; "0" of nothing. */
export function sum(decimals: string[]): string {
  const parts = decimals.map(parse);
  const scale = Math.max(0, ...parts.map((part) => part.scale));
  return write({ units: parts.reduce((total, part) => total + rescale(part, scale), 0n), scale });
}

export function difference(from: string, taken: string): string {
  return sum([from, taken.startsWith("-") ? taken.slice(1) : `-${taken}`]);
}

export function isPositive(decimal: string): boolean {
  return parse(decimal).units > 0n;
}

/** How much of `whole` is `part`, for the width of a bar: 0 to 100, two decimals. */
export function percentage(part: string, whole: string): number {
  const [a, b] = [parse(part), parse(whole)];
  const scale = Math.max(a.scale, b.scale);
  const total = rescale(b, scale);
  if (total <= 0n) return 0;
  const share = (rescale(a, scale) * 10_000n) / total;
  return Number(share < 0n ? 0n : share > 10_000n ? 10_000n : share) / 100;
}

/** "1234567.80" → "1,234,567.80"; text that is no decimal number comes back as it is. */
export function grouped(decimal: string): string {
  const [, sign, whole, fraction] = pattern.exec(decimal) ?? [];
  if (whole === undefined) return decimal;
  const groups = whole.replace(/\B(?=(?:\d{3})+$)/g, ",");
  return `${sign === "-" ? "−" : ""}${groups}${fraction === undefined ? "" : `.${fraction}`}`;
}

/** "12000.000" → "12000", "0.500" → "0.5". */
export function trimmed(decimal: string): string {
  return decimal.includes(".") ? decimal.replace(/\.?0+$/, "") : decimal;
}
