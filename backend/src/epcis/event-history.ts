import { Injectable } from "@nestjs/common";
import { Database } from "../database/database.ts";

/** Something with a history, and the milliseconds from and to which it is asked for: both may be infinite. */
export interface HistoryRange {
  readonly uri: string;
  readonly from: number;
  readonly to: number;
}

/** The last millisecond that a date can have. */
const end = 8_640_000_000_000_000;

const sqlite =
  'SELECT event FROM epcis_history WHERE uri = ? AND "eventTime" BETWEEN ? AND ? ' +
  'ORDER BY "eventTime", event LIMIT ?';
// One plan for any number of ranges, each read from the index.
const postgres =
  "SELECT wanted.place, found.event " +
  "FROM unnest($1::text[], $2::bigint[], $3::bigint[]) WITH ORDINALITY AS wanted (uri, low, high, place) " +
  'CROSS JOIN LATERAL (SELECT event, "eventTime" FROM epcis_history ' +
  'WHERE uri = wanted.uri COLLATE "C" AND "eventTime" BETWEEN wanted.low AND wanted.high ' +
  'ORDER BY "eventTime", event LIMIT $4) AS found ORDER BY wanted.place, found."eventTime", found.event';

/** Which events belong to what: read from an index, however long the rest of the record is. */
@Injectable()
export class EventHistory {
  constructor(private readonly database: Database) {}

  /**
   * Numbers of events, range by range, in the order of their times.
   * @param most of each range: the earliest
   */
  async of(ranges: readonly HistoryRange[], most: number): Promise<number[][]> {
    const { database } = this;
    if (ranges.length === 0) return [];
    if (database.isPostgres) return this.#together(ranges, most);
    const found: number[][] = [];
    for (const { uri, from, to } of ranges) {
      const rows = await database.select(sqlite, [uri, bound(from), bound(to), most]);
      found.push(rows.map(([event]) => Number(event)));
    }
    return found;
  }

  async #together(ranges: readonly HistoryRange[], most: number): Promise<number[][]> {
    const rows = await this.database.select(postgres, [
      ranges.map(({ uri }) => uri),
      ranges.map(({ from }) => bound(from)),
      ranges.map(({ to }) => bound(to)),
      most,
    ]);
    const found = ranges.map((): number[] => []);
    for (const [place, event] of rows) found[Number(place) - 1]?.push(Number(event));
    return found;
  }
}

function bound(time: number): number {
  return Math.max(-end, Math.min(end, time));
}
