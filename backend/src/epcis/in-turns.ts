import { setImmediate as nextTurn } from "node:timers/promises";

/** Items of a large document that are worked on without a pause: a few milliseconds. */
const atOnce = 50;

/** As `flatMap`; between parts, whoever else waits for this process has a turn. */
export async function inTurns<Item, Result>(
  items: readonly Item[],
  work: (item: Item, at: number) => readonly Result[],
): Promise<Result[]> {
  const results: Result[] = [];
  for (const [at, item] of items.entries()) {
    if (at % atOnce === atOnce - 1) await nextTurn();
    for (const result of work(item, at)) results.push(result);
  }
  return results;
}
