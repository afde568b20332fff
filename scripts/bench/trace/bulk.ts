import type { EntityManager } from "typeorm";
import type { Database } from "../../../backend/src/database/database.ts";
import type { Entity } from "../../../backend/src/database/entity.ts";
import {
  EpcisEventRow,
  EpcisHistoryRow,
  EpcisLinkRow,
  EpcisMemberRow,
} from "../../../backend/src/epcis/epcis.entity.ts";
import { historiesOf, membersOf } from "../../../backend/src/epcis/links.ts";
import type { StoredEvent } from "../../../backend/src/epcis/stored-event.ts";

/** Puts events on record past TypeORM: the rows that capturing writes, many at a time. */
export class Bulk {
  readonly #sequences = new Map<string, number>();
  readonly #members = new Set<string>();
  #last = 0;

  private constructor(private readonly database: Database) {}

  /** Into an empty one. */
  static async into(database: Database): Promise<Bulk> {
    // Keys come in no order: with the usual cache most of them would be looked for on the disk.
    await database.write(async (manager) => {
      const isSqlite = manager.dataSource.options.type === "better-sqlite3";
      if (isSqlite) await manager.query("PRAGMA cache_size = -3000000");
    });
    return new Bulk(database);
  }

  async add(events: readonly (readonly [party: string, event: StoredEvent])[]): Promise<void> {
    const rows: unknown[][] = [];
    const links: unknown[][] = [];
    const histories: unknown[][] = [];
    const members: unknown[][] = [];
    for (const [party, { links: named, ...event }] of events) {
      this.#last += 1;
      const id = this.#last;
      const sequence = (this.#sequences.get(party) ?? 0) + 1;
      this.#sequences.set(party, sequence);
      rows.push([
        ...[id, event.eventId, party, sequence, event.sha256, event.hash, event.type],
        ...[event.eventTime, 1_790_000_000_000 + id, event.declarationTime, event.body],
      ]);
      for (const { uri, role, place, quantity, uom } of named) {
        links.push([uri, role, id, place, quantity, uom]);
      }
      for (const uri of historiesOf(named)) histories.push([uri, event.eventTime, id]);
      for (const { kind, uri } of membersOf(event.type, named)) {
        const key = `${kind} ${party} ${uri}`;
        if (!this.#members.has(key)) members.push([kind, party, uri]);
        this.#members.add(key);
      }
    }
    await this.database.write(async (manager) => {
      await insert(manager, EpcisEventRow, eventColumns, rows);
      await insert(manager, EpcisLinkRow, linkColumns, links);
      await insert(manager, EpcisHistoryRow, historyColumns, histories);
      await insert(manager, EpcisMemberRow, memberColumns, members);
    }, "snapshot");
  }
}

const eventColumns = [
  ...["id", "eventId", "party", "sequence", "sha256", "hash", "type", "eventTime", "recordTime"],
  ...["declarationTime", "body"],
];
const linkColumns = ["uri", "role", "event", "place", "quantity", "uom"];
const historyColumns = ["uri", "eventTime", "event"];
const memberColumns = ["kind", "party", "uri"];

/** Rows of one statement. */
const atOnce = 500;

async function insert<Row extends object>(
  manager: EntityManager,
  entity: Entity<Row>,
  columns: readonly string[],
  rows: readonly (readonly unknown[])[],
): Promise<void> {
  const { tableName } = manager.dataSource.getMetadata(entity);
  const isPostgres = manager.dataSource.options.type === "postgres";
  for (let at = 0; at < rows.length; at += atOnce) {
    const some = rows.slice(at, at + atOnce);
    let holders = 0;
    const holder = (): string => (isPostgres ? `$${String((holders += 1))}` : "?");
    const values = some.map((row) => `(${row.map(holder).join(",")})`).join(",");
    const names = columns.map((name) => `"${name}"`).join(",");
    await manager.query(`INSERT INTO ${tableName} (${names}) VALUES ${values}`, some.flat());
  }
}
