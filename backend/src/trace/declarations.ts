import type { ToldEvent } from "./told-event.ts";

/**
 * Those of the events that do not count: declarations of errors, and what their parties declare wrong by them. A
 * declaration repeats what it is about, so its event hash is the same; where a party has told the same thing under
 * several ids, the one with the declaration's id is meant.
 */
export function declaredWrong(events: readonly ToldEvent[]): ReadonlySet<ToldEvent> {
  const wrong = new Set(events.filter(({ row }) => row.declarationTime !== null));
  if (wrong.size === 0) return wrong;
  for (const { row: declaration } of [...wrong]) {
    const same = events.filter(
      ({ row }) =>
        row.declarationTime === null &&
        row.hash === declaration.hash &&
        row.party === declaration.party,
    );
    const meant = same.filter(({ row }) => row.eventId === declaration.eventId);
    for (const event of meant.length === 0 ? same : meant) wrong.add(event);
  }
  return wrong;
}

/** What was told more than once in the same words counts once, whoever told it. */
export function counted(events: readonly ToldEvent[]): ToldEvent[] {
  const wrong = declaredWrong(events);
  const seen = new Set<string>();
  return events.filter((event) => {
    if (wrong.has(event) || seen.has(event.row.hash)) return false;
    seen.add(event.row.hash);
    return true;
  });
}
