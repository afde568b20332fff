import type { JsonObject } from "../../../backend/src/proof/event.ts";
import {
  declaredLoss,
  grown,
  made,
  packed,
  seen,
  sscc,
  unpacked,
  wrong,
  type Told,
} from "./told.ts";

/** What the model knows of an event, apart from what the record makes of it. */
export type Fact =
  | { readonly kind: "grown"; readonly lot: string; readonly grams: number }
  | {
      readonly kind: "made";
      readonly from: readonly (readonly [lot: string, grams: number])[];
      readonly to: readonly (readonly [lot: string, grams: number])[];
      readonly loss: number;
    }
  | { readonly kind: "seen"; readonly lot: string }
  | {
      readonly kind: "packed";
      readonly lot: string;
      readonly carrier: string;
      readonly isOn: boolean;
    };

export interface RandomEvent {
  readonly hour: number;
  readonly event: JsonObject;
  readonly fact: Fact;
  readonly isWrong: boolean;
}

/** A generator of numbers below one that the seed alone decides. */
function numbers(seed: number): () => number {
  let state = seed + 0x6d2b79f5;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Grams, written in one of the units that say the same. */
function written(lot: string, grams: number, at: number): Told {
  if (at < 0.3) return [lot, grams, "GRM"];
  return at < 0.8 ? [lot, grams / 1000, "KGM"] : [lot, grams / 1_000_000, "TNE"];
}

/** Harvests, mixes, packing and mistakes; lots are used more than there is of them now and then. */
export function randomRecord(seed: number, length: number): RandomEvent[] {
  const next = numbers(seed);
  const upTo = (most: number): number => Math.floor(next() * most);
  const lots: string[] = [];
  const onCarrier = new Map<string, string>();
  const events: RandomEvent[] = [];
  const add = (event: JsonObject, fact: Fact, mayBeWrong = true): void => {
    const isWrong = mayBeWrong && next() < 0.12;
    events.push({ hour: events.length, event, fact, isWrong });
  };
  const anyLot = (): string => lots[upTo(lots.length)] ?? "none";
  while (events.length < length) {
    const hour = events.length;
    const choice = lots.length < 3 ? 0 : next();
    const name = `lot-${String(hour)}`;
    if (choice < 0.25) {
      const grams = 1 + upTo(5_000_000);
      lots.push(name);
      add(grown(hour, [written(name, grams, next())]), { kind: "grown", lot: name, grams });
    } else if (choice < 0.5) {
      const from = [...new Set([anyLot(), anyLot(), anyLot()])].map(
        (lot) => [lot, 1 + upTo(1_000_000)] as const,
      );
      const to = [[name, 1 + upTo(2_000_000)] as const];
      const loss = upTo(1000);
      lots.push(name);
      const told = (some: readonly (readonly [string, number])[]): Told[] =>
        some.map(([lot, grams]) => written(lot, grams, next()));
      const event = made(hour, told(from), told(to), declaredLoss(loss / 1000));
      add(event, { kind: "made", from, to, loss });
    } else if (choice < 0.65) {
      const lot = anyLot();
      add(seen("storing", hour, [[lot, null]]), { kind: "seen", lot });
    } else if (choice < 0.85) {
      const lot = anyLot();
      const carrier = sscc(hour);
      onCarrier.set(carrier, lot);
      const fact = { kind: "packed", lot, carrier, isOn: true } as const;
      add(packed(hour, carrier, [[lot, 1]]), fact, false);
    } else {
      const [carrier, lot] = [...onCarrier][upTo(onCarrier.size)] ?? [];
      if (carrier === undefined || lot === undefined) continue;
      onCarrier.delete(carrier);
      const event = unpacked(hour, carrier, next() < 0.5 ? [] : [[lot, 1]]);
      add(event, { kind: "packed", lot, carrier, isOn: false }, false);
    }
  }
  return events;
}

export function declarationsOf(events: readonly RandomEvent[]): JsonObject[] {
  return events.filter(({ isWrong }) => isWrong).map(({ event }) => wrong(event));
}
