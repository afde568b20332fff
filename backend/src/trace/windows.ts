import { linkRoles } from "../epcis/link-roles.ts";
import { ExactDecimal } from "../math/exact-decimal.ts";
import { measureOf, type Mention, type ToldEvent } from "./told-event.ts";
import type { Measure } from "./units.ts";

/** A time in which something was on a carrier. */
export interface Window {
  /** −∞ where nobody tells how it came there. */
  readonly from: number;
  /** +∞ where nobody tells that it was taken off. */
  readonly to: number;
  /** What tells so. */
  readonly events: readonly ToldEvent[];
  /** How much of it was on there when the time ended; undefined where that cannot be counted. */
  readonly amount: Measure | undefined;
}

const childRoles: readonly number[] = [linkRoles.child, linkRoles.childQuantity];

export function isAggregation({ row: { type } }: ToldEvent): boolean {
  return type === "AggregationEvent" || type === "AssociationEvent";
}

export function parentIn(event: ToldEvent): string | undefined {
  return event.things.find(({ role }) => role === linkRoles.parent)?.uri;
}

export function childrenIn(event: ToldEvent): Mention[] {
  return event.things.filter(({ role }) => childRoles.includes(role));
}

/**
 * When something was on a carrier.
 * @param events the carrier's, that count, in time
 */
export function windowsOn(carrier: string, thing: string, events: readonly ToldEvent[]): Window[] {
  const windows: Window[] = [];
  let open: { from: number; events: ToldEvent[]; left: Left } | undefined;
  const close = (to: number): void => {
    if (open === undefined) return;
    windows.push({ from: open.from, to, events: open.events, amount: open.left.amount });
    open = undefined;
  };
  for (const event of events) {
    const { time, action } = event;
    if (!isAggregation(event)) {
      if (isEndOf(carrier, event)) close(time);
      continue;
    }
    if (parentIn(event) !== carrier) continue;
    const children = childrenIn(event);
    const named = children.filter(({ uri }) => uri === thing);
    const takesAll = action === "DELETE" && children.length === 0;
    if (named.length === 0 && !takesAll) continue;
    if (open === undefined && action === "DELETE") {
      if (!takesAll) {
        windows.push({ from: -Infinity, to: time, events: [event], amount: undefined });
      }
      continue;
    }
    open ??= { from: time, events: [], left: new Left() };
    open.events.push(event);
    // Seen there without anybody telling how much of it came there.
    if (action !== "DELETE") open.left.add(named, action === "ADD");
    else if (takesAll || open.left.isNothingAfter(named)) close(time);
  }
  close(Infinity);
  return windows;
}

/** Used up or destroyed with all that is on it. */
function isEndOf(carrier: string, { things, action, row }: ToldEvent): boolean {
  return things.some(
    ({ uri, role }) =>
      uri === carrier &&
      (role === linkRoles.inputEpc ||
        (role === linkRoles.epc && action === "DELETE" && row.type === "ObjectEvent")),
  );
}

/** How much of a lot is on a carrier; where that cannot be counted, taking off is taking all. */
class Left {
  #amount = ExactDecimal.zero;
  #unit: string | null | undefined;
  #isCounted = true;

  get amount(): Measure | undefined {
    return this.#isCounted ? { unit: this.#unit ?? null, amount: this.#amount } : undefined;
  }

  add(named: readonly Mention[], isNew: boolean): void {
    if (!isNew && this.#unit === undefined) this.#isCounted = false;
    if (isNew) for (const mention of named) this.#change(mention, (a, b) => a.plus(b));
  }

  isNothingAfter(named: readonly Mention[]): boolean {
    for (const mention of named) this.#change(mention, (a, b) => a.minus(b));
    return !this.#isCounted || !this.#amount.isMoreThan(ExactDecimal.zero);
  }

  #change(mention: Mention, sum: (a: ExactDecimal, b: ExactDecimal) => ExactDecimal): void {
    const measure = measureOf(mention);
    if (this.#unit === undefined) this.#unit = measure?.unit;
    if (measure === undefined || this.#unit !== measure.unit) this.#isCounted = false;
    else this.#amount = sum(this.#amount, measure.amount);
  }
}
