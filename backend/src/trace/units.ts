import { ExactDecimal } from "../math/exact-decimal.ts";

/** In what amounts of one kind are added up, and how many of it one unit is. */
interface Conversion {
  readonly base: string | null;
  readonly factor: ExactDecimal;
}

/** UN/ECE recommendation 20: codes whose conversion is exact, by the unit that amounts are added up in. */
const factors: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  KGM: {
    KGM: "1",
    GRM: "0.001",
    MGM: "0.000001",
    MC: "0.000000001",
    CGM: "0.00001",
    DG: "0.0001",
    DJ: "0.01",
    HGM: "0.1",
    DTN: "100",
    TNE: "1000",
    "2U": "1000",
    KTN: "1000000",
    LBR: "0.45359237",
    ONZ: "0.028349523125",
    CWA: "45.359237",
    CWI: "50.80234544",
    STN: "907.18474",
    LTN: "1016.0469088",
  },
  LTR: {
    LTR: "1",
    MLT: "0.001",
    CLT: "0.01",
    DLT: "0.1",
    HLT: "100",
    MTQ: "1000",
    DMQ: "1",
    CMQ: "0.001",
  },
};
const conversions: ReadonlyMap<string, Conversion> = new Map(
  Object.entries(factors).flatMap(([base, units]) =>
    Object.entries(units).map(([unit, factor]) => [
      unit,
      { base, factor: ExactDecimal.of(factor) },
    ]),
  ),
);

/** Pieces have no unit in EPCIS; these codes say the same. */
const pieces: ReadonlyMap<string, ExactDecimal> = new Map(
  Object.entries({ C62: "1", H87: "1", EA: "1", PR: "2", DZN: "12" }).map(([unit, factor]) => [
    unit,
    ExactDecimal.of(factor),
  ]),
);

/** An amount in the unit that its kind is added up in. */
export interface Measure {
  /** `KGM`, `LTR`, null for pieces, or a unit of which nothing is known. */
  readonly unit: string | null;
  readonly amount: ExactDecimal;
}

/** @param unit null for pieces */
export function measured(quantity: ExactDecimal, unit: string | null): Measure {
  if (unit === null) return { unit: null, amount: quantity };
  const known = conversions.get(unit);
  if (known !== undefined) return { unit: known.base, amount: quantity.times(known.factor) };
  const count = pieces.get(unit);
  if (count !== undefined) return { unit: null, amount: quantity.times(count) };
  return { unit, amount: quantity };
}
