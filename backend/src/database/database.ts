import type { EntityManager, MigrationInterface } from "typeorm";
import { crashPoint } from "../crash/crash-points.ts";
import type { Bulletin } from "./bulletin.ts";
import type { Leadership } from "./leadership.ts";
import type { Locks } from "./locks.ts";
import type { Connections, Isolation } from "./connections.ts";
import type { Entity } from "./entity.ts";
import { Rows } from "./rows.ts";
import { discardPostgres, openPostgres } from "./postgres.ts";
import { discardSqlite, openSqlite } from "./sqlite.ts";

/** A class of TypeORM migrations; named `<Sentence><13-digit time>`. */
type Migration = new () => MigrationInterface;

export interface Schema {
  readonly entities: Entity[];
  readonly migrations: Migration[];
}

/** PostgreSQL where there is a `url`; else SQLite in a file of the data folder. */
export interface DatabaseOptions extends Schema {
  readonly dataDir: string;
  readonly url?: string | undefined;
  /** Whether every commit of SQLite's is forced to the disk: what an outage of power must not undo. */
  readonly durable: boolean;
}

/** The read model, the outbox and what else is kept, behind two doors. */
export class Database {
  /** Committed states only, by the values of columns: where `read` would be asked the same way again and again. */
  readonly rows: Rows;

  private constructor(private readonly connections: Connections) {
    this.rows = new Rows(connections);
  }

  /**
   * Opens the database and brings its schema up to date: all migrations that are due, or none of them.
   * Of several processes that open it at once, one does that and the others wait.
   */
  static async open(options: DatabaseOptions): Promise<Database> {
    const { url } = options;
    return new Database(
      url === undefined ? await openSqlite(options) : await openPostgres({ ...options, url }),
    );
  }

  /**
   * Empties a database that nobody has open; the keystore stays.
   * @param isStale asked once more when no other process can empty it or migrate it
   */
  static async discard(
    options: DatabaseOptions,
    isStale: (manager: EntityManager) => Promise<boolean>,
  ): Promise<void> {
    const { url, dataDir } = options;
    if (url === undefined) discardSqlite(dataDir);
    else await discardPostgres({ ...options, url }, isStale);
  }

  /** Committed states only. For queries. */
  get read(): EntityManager {
    return this.connections.reader.manager;
  }

  /**
   * Committed states only, past TypeORM: each row the values of its columns in their order.
   * @param text with `?` or `$1` for values, as the kind of database has it
   */
  select(text: string, values: readonly unknown[]): Promise<unknown[][]> {
    return this.connections.select(text, values);
  }

  get isPostgres(): boolean {
    return this.read.dataSource.options.type === "postgres";
  }

  /**
   * Runs one transaction; a thrown error undoes it. As if transactions came one after another: on SQLite they do, on
   * PostgreSQL those that would not fit into an order are undone and run again. So `work` may run more than once, and
   * changes nothing but through its manager.
   *
   * @param isolation "snapshot" is enough where something else keeps writers apart
   * @throws where the connection is lost; if that was during the COMMIT, nobody knows whether it happened: callers
   *   read what is on record before they do it again
   */
  async write<T>(
    work: (manager: EntityManager) => Promise<T>,
    isolation: Isolation = "serializable",
  ): Promise<T> {
    const result = await this.connections.transaction(async (manager) => {
      const made = await work(manager);
      crashPoint("before-commit");
      return made;
    }, isolation);
    crashPoint("after-commit");
    return result;
  }

  /** Which of the processes that share the database does what one alone may do. */
  get leadership(): Leadership {
    return this.connections.leadership;
  }

  get locks(): Locks {
    return this.connections.locks;
  }

  get bulletin(): Bulletin {
    return this.connections.bulletin;
  }

  close(): Promise<void> {
    return this.connections.close();
  }
}
