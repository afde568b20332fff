/** What can happen on a day, in the order in which it happens then. */
const phases = ["collect", "order", "draw", "deliver"] as const;
export type Phase = (typeof phases)[number];

export interface Due<Item> {
  /** Civil day. */
  readonly day: number;
  readonly phase: Phase;
  readonly item: Item;
}

interface Entry<Item> extends Due<Item> {
  readonly rank: number;
}

/** What is to come, the earliest first: a binary heap by day, phase and arrival. */
export class EventQueue<Item> {
  readonly #heap: Entry<Item>[] = [];
  #arrivals = 0;

  get size(): number {
    return this.#heap.length;
  }

  peek(): Due<Item> | undefined {
    return this.#heap[0];
  }

  push(due: Due<Item>): void {
    const heap = this.#heap;
    this.#arrivals += 1;
    let at = heap.push({ ...due, rank: this.#arrivals }) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(heap[at], heap[parent])) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  /** Takes out everything of the earliest day's earliest phase. */
  takeNext(): { readonly day: number; readonly phase: Phase; readonly items: Item[] } | undefined {
    const first = this.#heap[0];
    if (first === undefined) return undefined;
    const { day, phase } = first;
    const items: Item[] = [];
    for (;;) {
      const next = this.#heap[0];
      if (next?.day !== day || next.phase !== phase) return { day, phase, items };
      items.push(next.item);
      this.#removeFirst();
    }
  }

  #removeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    heap[0] = last;
    let at = 0;
    for (;;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const child = isBefore(heap[right], heap[left]) ? right : left;
      if (!isBefore(heap[child], heap[at])) return;
      this.#swap(at, child);
      at = child;
    }
  }

  #swap(a: number, b: number): void {
    const heap = this.#heap;
    const [one, other] = [heap[a], heap[b]];
    if (one === undefined || other === undefined) return;
    heap[a] = other;
    heap[b] = one;
  }
}

function isBefore<Item>(a: Entry<Item> | undefined, b: Entry<Item> | undefined): boolean {
  if (a === undefined || b === undefined) return a !== undefined;
  if (a.day !== b.day) return a.day < b.day;
  if (a.phase !== b.phase) return phases.indexOf(a.phase) < phases.indexOf(b.phase);
  return a.rank < b.rank;
}
