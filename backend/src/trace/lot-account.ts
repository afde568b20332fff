import { linkRoles } from "../epcis/link-roles.ts";
import { counted } from "./declarations.ts";
import { Sums } from "./sums.ts";
import { measureOf, type Mention, type ToldEvent } from "./told-event.ts";
import type { AmountKind } from "./trace.ts";
import type { Measure } from "./units.ts";
import type { Walk } from "./walk.ts";
import { isAggregation, parentIn, windowsOn, type Window } from "./windows.ts";

type MovedKind = Extract<
  AmountKind,
  "commissioned" | "produced" | "unpacked" | "used" | "ended" | "sent" | "received" | "accepted"
>;

/** What has come into a lot and gone out of it, by whoever tells it. */
export class LotAccount {
  readonly #moved = new Map<MovedKind, Map<string, Sums>>();
  /** On carriers now. */
  readonly packed = new Sums();
  /** Whether the carriers that it has been on have been read. */
  readonly areCarriersKnown: boolean;

  constructor(
    readonly uri: string,
    events: readonly ToldEvent[],
    private readonly walk: Pick<Walk, "known">,
  ) {
    const told = counted(events);
    const carriers = new Set<string>();
    for (const event of told) {
      const parent = isAggregation(event) ? parentIn(event) : undefined;
      for (const mention of event.things) {
        if (mention.uri !== uri || mention.role === linkRoles.parent) continue;
        if (parent !== undefined) carriers.add(parent);
        else this.#take(event, mention);
      }
    }
    this.areCarriersKnown = [...carriers].every((carrier) => walk.known(carrier) !== undefined);
    for (const carrier of carriers) this.#takeCarrier(carrier, told);
  }

  /** Of one kind, by all or by one party. */
  sums(kind: MovedKind, party?: string): Sums {
    const all = new Sums();
    for (const [by, sums] of this.#moved.get(kind) ?? []) {
      if (party === undefined || by === party) all.addSums(sums);
    }
    return all;
  }

  parties(...kinds: readonly MovedKind[]): string[] {
    return [...new Set(kinds.flatMap((kind) => [...(this.#moved.get(kind)?.keys() ?? [])]))].sort();
  }

  /** All that there ever was of it. */
  get source(): Sums {
    const source = new Sums();
    for (const kind of ["commissioned", "produced", "unpacked"] as const) {
      source.addSums(this.sums(kind));
    }
    return source;
  }

  /** As far as its own events tell: what was taken off a carrier with all the rest is told by the carrier's. */
  get mayBeOverpacked(): boolean {
    const { source, packed } = this;
    return packed.units.some((unit) => packed.of(unit).isMoreThan(source.of(unit)));
  }

  #add(kind: MovedKind, party: string, measure: Measure | undefined, isTaken = false): void {
    const byParty = this.#moved.get(kind) ?? new Map<string, Sums>();
    const sums = byParty.get(party) ?? new Sums();
    if (isTaken) sums.take(measure);
    else sums.add(measure);
    this.#moved.set(kind, byParty.set(party, sums));
  }

  #take(event: ToldEvent, mention: Mention): void {
    const { party } = event.row;
    const measure = measureOf(mention);
    if (isOutput(mention)) this.#add("produced", party, measure);
    else if (isInput(mention)) this.#add("used", party, measure);
    else if (event.row.type === "ObjectEvent" && event.action === "ADD") {
      this.#add("commissioned", party, measure);
    } else if (event.row.type === "ObjectEvent" && event.action === "DELETE") {
      this.#add("ended", party, measure);
    } else this.#move(event, measure);
  }

  #move({ step, row: { party } }: ToldEvent, measure: Measure | undefined): void {
    if (step === "shipping" || step === "retail_selling") this.#add("sent", party, measure);
    else if (step === "void_shipping") this.#add("sent", party, measure, true);
    else if (step === "receiving") this.#add("received", party, measure);
    else if (step === "accepting") this.#add("accepted", party, measure);
  }

  #takeCarrier(carrier: string, told: readonly ToldEvent[]): void {
    const known = this.walk.known(carrier);
    const events = known === undefined ? told : counted(known.events);
    for (const window of windowsOn(carrier, this.uri, events)) {
      if (window.from === -Infinity) this.#unpack(window);
      else if (window.to === Infinity) this.packed.add(window.amount);
      if (known !== undefined) this.#travel(carrier, window, events);
    }
  }

  /** Came off something of which nobody tells how it came there. */
  #unpack({ events }: Window): void {
    for (const { things, row } of events) {
      for (const mention of things) {
        if (mention.uri === this.uri) this.#add("unpacked", row.party, measureOf(mention));
      }
    }
  }

  /** What was sent and received with the carrier, and with what that was on. */
  #travel(carrier: string, window: Window, events: readonly ToldEvent[]): void {
    const outer = new Set<string>();
    for (const event of events) {
      if (event.time < window.from || event.time > window.to) continue;
      const parent = isAggregation(event) ? parentIn(event) : undefined;
      if (parent !== undefined && parent !== carrier) outer.add(parent);
      if (isAggregation(event) || event.things.some(({ uri }) => uri === this.uri)) continue;
      this.#move(event, this.#amountOn(carrier, event.time, events));
    }
    for (const next of outer) {
      const known = this.walk.known(next);
      if (known === undefined) continue;
      const around = counted(known.events);
      const held = windowsOn(next, carrier, around).filter(
        ({ from, to }) => from <= window.to && to >= window.from,
      );
      for (const event of around) {
        const { time } = event;
        const isIn = held.some(({ from, to }) => time >= from && time <= to);
        if (!isIn || time < window.from || time > window.to || isAggregation(event)) continue;
        this.#move(event, this.#amountOn(carrier, time, events));
      }
    }
  }

  #amountOn(carrier: string, at: number, events: readonly ToldEvent[]): Measure | undefined {
    const before = events.filter(({ time }) => time <= at);
    return windowsOn(carrier, this.uri, before).at(-1)?.amount;
  }
}

function isOutput({ role }: Mention): boolean {
  return role === linkRoles.outputEpc || role === linkRoles.outputQuantity;
}

function isInput({ role }: Mention): boolean {
  return role === linkRoles.inputEpc || role === linkRoles.inputQuantity;
}
