import { Injectable } from "@nestjs/common";
import { Database } from "../database/database.ts";
import { EpcisEventRow } from "../epcis/epcis.entity.ts";
import { EventHistory, type HistoryRange } from "../epcis/event-history.ts";
import type { EventSource, Found } from "./event-source.ts";
import { toldEvent, type ToldEvent } from "./told-event.ts";

/** Rows of one statement. */
const atOnce = 256;

/** The record of events, read by what they name. */
@Injectable()
export class EventLedger {
  constructor(
    private readonly database: Database,
    private readonly history: EventHistory,
  ) {}

  /** For one walk: an event that names several things is read once. */
  open(): EventSource {
    return new Reading(this.database, this.history);
  }
}

class Reading implements EventSource {
  readonly #events = new Map<number, ToldEvent>();

  constructor(
    private readonly database: Database,
    private readonly history: EventHistory,
  ) {}

  async eventsOf(wanted: readonly HistoryRange[], most: number): Promise<Found[]> {
    const found = await this.history.of(wanted, most + 1);
    await this.#load(found.flatMap((ids) => ids.slice(0, most)));
    return found.map((ids) => ({
      events: ids
        .slice(0, most)
        .map((id) => this.#events.get(id))
        .filter((event) => event !== undefined),
      isWhole: ids.length <= most,
    }));
  }

  async #load(ids: readonly number[]): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !this.#events.has(id)).sort((a, b) => a - b);
    for (let at = 0; at < missing.length; at += atOnce) {
      const rows = await this.database.rows.all(EpcisEventRow, {
        id: filled(missing.slice(at, at + atOnce)),
      });
      for (const row of rows) this.#events.set(row.id, toldEvent(row));
    }
  }
}

/** To the next power of two, so that there are few statements to word. */
function filled(ids: readonly number[]): number[] {
  const size = 2 ** Math.ceil(Math.log2(ids.length));
  return [...ids, ...Array.from({ length: size - ids.length }, () => ids.at(-1) ?? 0)];
}
