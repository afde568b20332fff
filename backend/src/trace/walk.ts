import type { HistoryRange } from "../epcis/event-history.ts";
import { linkRoles, type LinkRole } from "../epcis/link-roles.ts";
import { declaredWrong } from "./declarations.ts";
import type { EventSource } from "./event-source.ts";
import { isEquipment, isKindOfGoods, isPlace } from "./thing-kinds.ts";
import type { ToldEvent } from "./told-event.ts";
import type { Relation, TraceDirection } from "./trace.ts";
import { childrenIn, isAggregation, parentIn, windowsOn } from "./windows.ts";

type Way = "back" | "forth";

/** Something to follow, in the time in which it is lineage. */
interface Following {
  readonly step: "follow";
  readonly way: Way;
  readonly uri: string;
  readonly from: number;
  readonly to: number;
  /** The very thing that was asked for: all of it is, not only what became of a part of it. */
  readonly isStart: boolean;
  /** Of a carrier that goods came off, not what else is on it. */
  readonly isAlone?: boolean;
}

/** Something on a carrier: what happens to the one happens to the other. */
interface Carrying {
  readonly step: "carry";
  readonly way: Way;
  readonly uri: string;
  readonly carrier: string;
  readonly from: number;
  readonly to: number;
  /** One part of a lot of which others are elsewhere. */
  readonly isPortion: boolean;
  /** Since when the carrier's events are needed, and how many of them. */
  readonly since: number;
  readonly most: number;
}

interface Transforming {
  readonly step: "transform";
  readonly way: Way;
  readonly event: ToldEvent;
}

type Task = Following | Carrying | Transforming;

/** What is known of a thing. */
export interface WalkedThing {
  readonly uri: string;
  /** All that are on record of a followed thing; of a carrier, those that were looked at. */
  readonly events: readonly ToldEvent[];
  readonly wrong: ReadonlySet<ToldEvent>;
  readonly from: number;
  readonly isWhole: boolean;
}

/** Of a carrier at first; most of what it does between loading and unloading is told in fewer events. */
const usualOfCarrier = 32;

/** Looks for the lineage of things, round by round: what all tasks of a round need is read at once. */
export class Walk {
  readonly shown = new Map<number, ToldEvent>();
  readonly relations = new Map<string, Relation>();
  readonly transformations = new Map<string, readonly ToldEvent[]>();
  readonly #things = new Map<string, WalkedThing>();
  readonly #extents = new Map<string, { readonly from: number; readonly to: number }[]>();
  #queue: Task[] = [];
  isWhole = true;

  constructor(
    private readonly source: EventSource,
    private readonly most: number,
  ) {}

  /** Undefined for what has not been read. */
  known(uri: string): WalkedThing | undefined {
    return this.#things.get(uri);
  }

  /** Rows of events that are shown and do not count. */
  get wrong(): ReadonlySet<number> {
    const wrong = declaredWrong([...this.shown.values()]);
    return new Set([...wrong].map(({ row }) => row.id));
  }

  thing(uri: string): WalkedThing {
    const thing = this.#things.get(uri);
    if (thing === undefined) throw new Error(`Nothing has been read of ${uri}.`);
    return thing;
  }

  /** @param given events that belong to the answer whatever they say of things */
  async run(
    start: readonly string[],
    given: readonly ToldEvent[],
    direction: TraceDirection,
  ): Promise<void> {
    for (const event of given) this.#show(event);
    const ways: Way[] =
      direction === "both" ? ["back", "forth"] : [direction === "forward" ? "forth" : "back"];
    for (const uri of start) {
      for (const way of ways) {
        this.#queue.push({
          step: "follow",
          way,
          uri,
          from: -Infinity,
          to: Infinity,
          isStart: true,
        });
      }
    }
    while (this.#queue.length > 0 && this.shown.size < this.most) {
      const round = this.#queue;
      this.#queue = [];
      await this.#read(round);
      for (const task of round) this.#do(task);
    }
    if (this.#queue.length > 0) this.isWhole = false;
  }

  /** Reads what was never followed, for the account of a lot: the carriers that its other parts are on. */
  async readCarriers(uri: string): Promise<void> {
    const { events } = this.thing(uri);
    const told = events.filter((event) => isAggregation(event));
    const carriers = new Set(told.map(parentIn).filter((parent) => parent !== undefined));
    const first = told[0]?.time ?? 0;
    await this.#read(
      [...carriers]
        .filter((carrier) => carrier !== uri && !this.#things.has(carrier))
        .map((carrier) => ({
          ...({ step: "carry", way: "forth", uri, carrier, isPortion: false } as const),
          ...{ from: first, to: Infinity, since: first, most: this.most },
        })),
    );
  }

  async #read(tasks: readonly Task[]): Promise<void> {
    const wanted = new Map<string, HistoryRange & { readonly most: number }>();
    for (const task of tasks) {
      const need = needOf(task, this.most);
      if (need === undefined) continue;
      const known = task.step === "transform" ? undefined : this.#things.get(need.uri);
      if (
        known !== undefined &&
        known.from <= need.from &&
        (known.isWhole || known.events.length >= need.most)
      )
        continue;
      const other = wanted.get(need.uri);
      wanted.set(need.uri, {
        ...need,
        from: Math.min(need.from, other?.from ?? Infinity, known?.from ?? Infinity),
        most: Math.max(need.most, other?.most ?? 0),
      });
    }
    for (const most of new Set([...wanted.values()].map((each) => each.most))) {
      const some = [...wanted.values()].filter((each) => each.most === most);
      const found = await this.source.eventsOf(some, most);
      some.forEach(({ uri, from }, at) => {
        const { events = [], isWhole = true } = found[at] ?? {};
        this.#things.set(uri, { uri, events, wrong: declaredWrong(events), from, isWhole });
      });
    }
  }

  #do(task: Task): void {
    if (this.shown.size >= this.most) this.isWhole = false;
    else if (task.step === "follow") this.#follow(task);
    else if (task.step === "carry") this.#carry(task);
    else this.#transform(task);
  }

  #follow(task: Following): void {
    const { way, uri, from, to, isStart, isAlone = false } = task;
    if (this.#isCovered(`${way} ${isAlone ? "alone " : ""}${uri}`, from, to)) return;
    this.#relate(uri, isStart ? "start" : way === "back" ? "ancestor" : "descendant");
    const { events, wrong, isWhole } = this.thing(uri);
    if (!isWhole) this.isWhole = false;
    const carriers = new Set<string>();
    let carries = false;
    for (const event of during(events, from, to)) {
      const roles = rolesOf(uri, event);
      if (wrong.has(event)) this.#show(event);
      else if (roles.has(linkRoles.outputEpc) || roles.has(linkRoles.outputQuantity)) {
        if (way === "back") this.#transformLater(way, event);
      } else if (roles.has(linkRoles.inputEpc) || roles.has(linkRoles.inputQuantity)) {
        if (way === "forth") this.#transformLater(way, event);
      } else if (!isAggregation(event)) this.#show(event);
      else {
        const parent = parentIn(event);
        if (parent === uri) carries = true;
        else if (parent === undefined || isPlace(parent)) this.#show(event);
        else carriers.add(parent);
      }
    }
    for (const carrier of carriers) {
      this.#carryLater({
        ...task,
        step: "carry",
        carrier,
        isPortion: isLot(uri, events) && !isStart,
      });
    }
    if (carries && !isAlone) this.#unpack(task);
  }

  /** What is on something that is itself goods. */
  #unpack({ way, uri, from, to, isStart }: Following): void {
    const { events, wrong } = this.thing(uri);
    const counted = events.filter((event) => !wrong.has(event));
    const children = new Map(
      counted
        .filter((event) => isAggregation(event) && parentIn(event) === uri)
        .flatMap(childrenIn)
        .map((mention) => [mention.uri, mention.isLot]),
    );
    for (const [child, isChildLot] of children) {
      if (child === uri || isKindOfGoods(child)) continue;
      for (const window of windowsOn(uri, child, counted)) {
        const until = Math.min(window.to, to);
        if (way === "back") {
          const isOn = window.from <= to && window.to >= to;
          if ((!isStart && !isOn) || window.to < from) continue;
          this.#showAll(during(window.events, -Infinity, to));
          const isPortion = isChildLot && window.from > -Infinity;
          this.#later(
            child,
            "back",
            isEquipment(child) ? window.from : -Infinity,
            isPortion ? window.from : until,
          );
        } else {
          const isOwn = isStart || window.from === -Infinity;
          if (!isOwn || window.to < from) continue;
          this.#showAll(during(window.events, from, Infinity));
          const since = isChildLot ? window.to : Math.max(window.from, from);
          if (since < Infinity)
            this.#later(child, "forth", since, isEquipment(child) ? until : Infinity);
        }
      }
    }
  }

  #carry(task: Carrying): void {
    const { way, uri, carrier, from, to, isPortion, most } = task;
    const { events, wrong, isWhole } = this.thing(carrier);
    const counted = events.filter((event) => !wrong.has(event));
    const windows = windowsOn(carrier, uri, counted);
    if (!isWhole && windows.some((window) => window.to === Infinity)) {
      if (most < this.most) {
        this.#queue.push({ ...task, most: Math.min(4 * most, this.most) });
        return;
      }
      this.isWhole = false;
    }
    for (const window of windows) {
      if (window.from > to || window.to < from) continue;
      if (way === "back" && isPortion && window.to > to) continue;
      this.#showAll(during(window.events, from, to));
      if (window.from === -Infinity && isEquipment(carrier)) continue;
      this.#travel(carrier, way, Math.max(window.from, from), Math.min(window.to, to));
      if (window.from === -Infinity && way === "back") {
        this.#queue.push({
          step: "follow",
          way,
          uri: carrier,
          from,
          to: window.to,
          isStart: false,
          isAlone: true,
        });
      }
    }
  }

  /** What happened to a carrier while something was on it. */
  #travel(carrier: string, way: Way, from: number, to: number): void {
    if (this.#isCovered(`${way} on ${carrier}`, from, to)) return;
    this.#relate(carrier, "carrier");
    const { events, wrong } = this.thing(carrier);
    const carriers = new Set<string>();
    for (const event of during(events, from, to)) {
      const roles = rolesOf(carrier, event);
      const isParent = isAggregation(event) && parentIn(event) === carrier;
      if (isParent || roles.has(linkRoles.outputEpc)) continue;
      if (wrong.has(event)) this.#show(event);
      else if (roles.has(linkRoles.inputEpc)) {
        if (way === "forth") this.#transformLater(way, event);
      } else if (!isAggregation(event)) this.#show(event);
      else {
        const parent = parentIn(event);
        if (parent === undefined || isPlace(parent)) this.#show(event);
        else carriers.add(parent);
      }
    }
    for (const outer of carriers) {
      this.#carryLater({
        step: "carry",
        way,
        uri: carrier,
        carrier: outer,
        from,
        to,
        isPortion: false,
      });
    }
  }

  #transform({ way, event }: Transforming): void {
    const { transformationId, transformation } = event;
    const key = `${way} through ${transformationId ?? String(event.row.id)}`;
    if (this.#isCovered(key, 0, 0)) return;
    const group = transformationId === undefined ? undefined : this.thing(transformationId);
    if (group?.isWhole === false) this.isWhole = false;
    const parts = group?.events.filter((part) => !group.wrong.has(part)) ?? [event];
    this.transformations.set(
      transformationId ?? `${transformation} ${String(event.row.id)}`,
      parts,
    );
    this.#showAll(group?.events ?? [event]);
    const inputs: readonly LinkRole[] = [linkRoles.inputEpc, linkRoles.inputQuantity];
    const outputs: readonly LinkRole[] = [linkRoles.outputEpc, linkRoles.outputQuantity];
    for (const { time, things } of parts) {
      for (const { uri, role } of things) {
        if (isKindOfGoods(uri)) continue;
        if (way === "back" && inputs.includes(role)) this.#later(uri, way, -Infinity, time);
        if (way === "forth" && outputs.includes(role)) this.#later(uri, way, time, Infinity);
      }
    }
  }

  #later(uri: string, way: Way, from: number, to: number): void {
    this.#queue.push({ step: "follow", way, uri, from, to, isStart: false });
  }

  #transformLater(way: Way, event: ToldEvent): void {
    this.#queue.push({ step: "transform", way, event });
  }

  #carryLater(task: Omit<Carrying, "since" | "most">): void {
    const { events } = this.thing(task.uri);
    const first = events.find((event) => parentIn(event) === task.carrier);
    const since = first === undefined || first.action === "DELETE" ? -Infinity : first.time;
    this.#queue.push({ ...task, step: "carry", since, most: usualOfCarrier });
  }

  #relate(uri: string, relation: Relation): void {
    const known = this.relations.get(uri);
    if (known === undefined || known === "carrier") this.relations.set(uri, relation);
  }

  /** Whether that has been looked at before; from now on it has. */
  #isCovered(key: string, from: number, to: number): boolean {
    const known = this.#extents.get(key) ?? [];
    if (known.some((extent) => extent.from <= from && extent.to >= to)) return true;
    this.#extents.set(key, [...known, { from, to }]);
    return false;
  }

  #showAll(events: readonly ToldEvent[]): void {
    for (const event of events) this.#show(event);
  }

  #show(event: ToldEvent): void {
    if (this.shown.size < this.most) this.shown.set(event.row.id, event);
    else if (!this.shown.has(event.row.id)) this.isWhole = false;
  }
}

function needOf(task: Task, most: number): (HistoryRange & { readonly most: number }) | undefined {
  const always = { from: -Infinity, to: Infinity, most };
  if (task.step === "follow") return { ...always, uri: task.uri };
  if (task.step === "carry")
    return { uri: task.carrier, from: task.since, to: Infinity, most: task.most };
  const { transformationId } = task.event;
  return transformationId === undefined ? undefined : { ...always, uri: transformationId };
}

function during(events: readonly ToldEvent[], from: number, to: number): ToldEvent[] {
  return events.filter(({ time }) => time >= from && time <= to);
}

function rolesOf(uri: string, { things }: ToldEvent): ReadonlySet<LinkRole> {
  return new Set(things.filter((mention) => mention.uri === uri).map(({ role }) => role));
}

export function isLot(uri: string, events: readonly ToldEvent[]): boolean {
  return events.some(({ things }) =>
    things.some((mention) => mention.uri === uri && mention.isLot),
  );
}
