import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DataSource, type EntityManager, type MigrationInterface } from "typeorm";
import { crashPoint } from "../crash/crash-points.ts";

/** A class that TypeORM maps to a table. */
export type Entity<Row extends object = object> = new () => Row;
/** A class of TypeORM migrations; named `<Sentence><13-digit time>`. */
type Migration = new () => MigrationInterface;

export interface Schema {
  readonly entities: Entity[];
  readonly migrations: Migration[];
}

/** SQLite in a file of the data folder. */
export interface DatabaseOptions extends Schema {
  readonly dataDir: string;
  /** Whether every commit is forced to the disk: what an outage of power must not undo. */
  readonly durable: boolean;
}

/**
 * The read model, the outbox and what else is kept, behind two doors.
 *
 * SQLite has one writer, and TypeORM gives a SQLite data source one connection: two transactions at once would
 * run into each other, and a reader would see what is not committed. So writing happens one transaction at a time on
 * a connection of its own, and reading on another that sees committed states only.
 */
export class Database {
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly writer: DataSource,
    private readonly reader: DataSource,
  ) {}

  /** Opens the database and brings its schema up to date. */
  static async open(options: DatabaseOptions): Promise<Database> {
    mkdirSync(options.dataDir, { recursive: true });
    const connect = (migrationsRun: boolean): Promise<DataSource> =>
      new DataSource({
        type: "better-sqlite3",
        database: databaseFile(options.dataDir),
        enableWAL: true,
        statementCacheSize: 500,
        entities: options.entities,
        migrations: options.migrations,
        migrationsRun,
        synchronize: false,
        prepareDatabase: (connection: { pragma(text: string): unknown }) => {
          connection.pragma(`synchronous = ${options.durable ? "FULL" : "NORMAL"}`);
          connection.pragma("busy_timeout = 5000");
        },
      }).initialize();
    const writer = await connect(true);
    return new Database(writer, await connect(false));
  }

  /** Deletes the database of a data folder, not its keystore. */
  static discard(dataDir: string): void {
    for (const suffix of ["", "-wal", "-shm"]) {
      rmSync(`${databaseFile(dataDir)}${suffix}`, { force: true });
    }
  }

  /** Committed states only. For queries. */
  get read(): EntityManager {
    return this.reader.manager;
  }

  /** Runs one transaction, in its turn; a thrown error undoes it. */
  write<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const result = this.#turn.then(() => this.#transaction(work));
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #transaction<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const result = await this.writer.transaction(async (manager) => {
      const made = await work(manager);
      crashPoint("before-commit");
      return made;
    });
    crashPoint("after-commit");
    return result;
  }

  async close(): Promise<void> {
    await this.#turn;
    await this.reader.destroy();
    await this.writer.destroy();
  }
}

/** Where the database of a data folder is. */
export function databaseFile(dataDir: string): string {
  return join(dataDir, "sheaf.sqlite");
}
