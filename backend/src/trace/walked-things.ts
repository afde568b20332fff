import { declaredWrong } from "./declarations.ts";
import type { EventSource } from "./event-source.ts";
import type { ToldEvent } from "./told-event.ts";
import type { Need } from "./walk-tasks.ts";

/** What is known of a thing. */
export interface WalkedThing {
  readonly uri: string;
  /** All that are on record of a followed thing; of a carrier, those that were looked at. */
  readonly events: readonly ToldEvent[];
  readonly wrong: ReadonlySet<ToldEvent>;
  readonly from: number;
  readonly isWhole: boolean;
}

/** What a walk has read, thing by thing. */
export class WalkedThings {
  readonly #things = new Map<string, WalkedThing>();

  constructor(private readonly source: EventSource) {}

  /** Undefined for what has not been read. */
  known(uri: string): WalkedThing | undefined {
    return this.#things.get(uri);
  }

  thing(uri: string): WalkedThing {
    const thing = this.#things.get(uri);
    if (thing === undefined) throw new Error(`Nothing has been read of ${uri}.`);
    return thing;
  }

  /** All at once; what has been read as far before is not read again. */
  async read(needs: readonly Need[]): Promise<void> {
    const wanted = new Map<string, Need>();
    for (const need of needs) {
      const known = this.#things.get(need.uri);
      if (known !== undefined && isEnough(known, need)) continue;
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
}

function isEnough(known: WalkedThing, { from, most }: Need): boolean {
  return known.from <= from && (known.isWhole || known.events.length >= most);
}
