import { Column, PrimaryColumn, type ColumnOptions, type ValueTransformer } from "typeorm";

// SQLite gives NUMERIC columns a float where a value exceeds 63 bits, and an amount on chain has 64,
// a numerator 96: integers that must stay exact are kept as decimal text on both databases.
const integerAsText: ValueTransformer = {
  to: (value: bigint | null | undefined) => value?.toString(),
  from: (value: string | null) => (value === null ? null : BigInt(value)),
};

// PostgreSQL answers 64-bit integers as text.
const longAsNumber: ValueTransformer = {
  to: (value: number | null | undefined) => value,
  from: (value: string | number | null) => (value === null ? null : Number(value)),
};

const json: ValueTransformer = {
  to: (value: unknown) => (value === undefined || value === null ? null : jsonOf(value)),
  from: (value: string | null) => (value === null ? null : (JSON.parse(value) as unknown)),
};

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    // There is a bigint in it. Asking for every value would take several times as long.
    return JSON.stringify(value, withBigints);
  }
}

export function withBigints(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}

/** The kinds of columns, the same in an entity (`@Text(…)`) and in a migration (`column.text(…)`). */
export const kinds = {
  /** Addresses (42 characters, EIP-55), hashes and ids (66), codes and names. */
  text: (length: number) => ({ type: "varchar", length: String(length) }) as const,
  /** Exact integers of any width: money, quantities, prices, numerators. */
  amount: () => ({ type: "varchar", length: "80" }) as const,
  /** Numbers below 2³¹: days, basis points, counts, block numbers. */
  integer: () => ({ type: "integer" }) as const,
  /** Seconds since the epoch. */
  seconds: () => ({ type: "bigint" }) as const,
  /** Numbers below 2⁵³: counts that may go beyond those of `integer`. */
  whole: () => ({ type: "bigint" }) as const,
  flag: () => ({ type: "boolean" }) as const,
  /** Anything that JSON holds; bigint becomes decimal text. */
  json: () => ({ type: "text" }) as const,
};

interface Choice {
  readonly nullable?: boolean;
  readonly primary?: boolean;
}

function column(options: ColumnOptions, choice: Choice): PropertyDecorator {
  return choice.primary
    ? PrimaryColumn({ ...options, nullable: false })
    : Column({ ...options, nullable: choice.nullable ?? false });
}

export function Text(length: number, choice: Choice = {}): PropertyDecorator {
  return column(kinds.text(length), choice);
}

/** An account or a party: EIP-55 form. */
export function AddressText(choice: Choice = {}): PropertyDecorator {
  return Text(42, choice);
}

/** A claim's id or a hash: 0x and 64 lower-case digits. */
export function IdText(choice: Choice = {}): PropertyDecorator {
  return Text(66, choice);
}

export function Amount(choice: Choice = {}): PropertyDecorator {
  return column({ ...kinds.amount(), transformer: integerAsText }, choice);
}

export function Integer(choice: Choice = {}): PropertyDecorator {
  return column(kinds.integer(), choice);
}

export function Seconds(choice: Choice = {}): PropertyDecorator {
  return column({ ...kinds.seconds(), transformer: longAsNumber }, choice);
}

export function Whole(choice: Choice = {}): PropertyDecorator {
  return column({ ...kinds.whole(), transformer: longAsNumber }, choice);
}

export function Flag(choice: Choice = {}): PropertyDecorator {
  return column(kinds.flag(), choice);
}

export function Json(choice: Choice = {}): PropertyDecorator {
  return column({ ...kinds.json(), transformer: json }, choice);
}
