import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DataSource, type EntityManager, type MigrationInterface } from "typeorm";
import { SilentBulletin } from "./bulletin.ts";
import type { Connections } from "./connections.ts";
import { SoleLeadership } from "./leadership.ts";
import { ProcessLocks } from "./locks.ts";

interface SqliteOptions {
  readonly entities: (new () => object)[];
  readonly migrations: (new () => MigrationInterface)[];
  readonly dataDir: string;
  readonly durable: boolean;
}

/** What is used here of better-sqlite3, which has no types of its own. */
interface Statement {
  raw(): this;
  all(...values: readonly unknown[]): unknown[][];
}

interface Connection {
  prepare(text: string): Statement;
  pragma(text: string): unknown;
}

interface Driver {
  readonly databaseConnection: Connection;
}

const mostStatements = 1000;
const patience = 5000;
const migratesWithin = 120_000;

/** Where the database of a data folder is. */
export function databaseFile(dataDir: string): string {
  return join(dataDir, "sheaf.sqlite");
}

export async function openSqlite(options: SqliteOptions): Promise<Connections> {
  mkdirSync(options.dataDir, { recursive: true });
  const writer = await connect(options);
  try {
    await migrate(writer);
    return new SqliteConnections(writer, await connect(options));
  } catch (error) {
    await writer.destroy();
    throw error;
  }
}

export function discardSqlite(dataDir: string): void {
  for (const suffix of ["", "-wal", "-shm"]) {
    rmSync(`${databaseFile(dataDir)}${suffix}`, { force: true });
  }
}

/**
 * SQLite has one writer, and TypeORM gives a SQLite data source one connection: two transactions at once would
 * run into each other, and a reader would see what is not committed. So writing happens one transaction at a time on
 * a connection of its own, and reading on another that sees committed states only.
 */
class SqliteConnections implements Connections {
  readonly leadership = new SoleLeadership();
  readonly locks = new ProcessLocks();
  readonly bulletin = new SilentBulletin();
  readonly #statements = new Map<string, Statement>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly writer: DataSource,
    readonly reader: DataSource,
  ) {}

  /** Past TypeORM, which looks at each statement, and makes an object of each row. */
  select(text: string, values: readonly unknown[]): Promise<unknown[][]> {
    return new Promise((resolve) => {
      resolve(this.#select(text, values));
    });
  }

  #select(text: string, values: readonly unknown[]): unknown[][] {
    let statement = this.#statements.get(text);
    if (statement === undefined) {
      const { databaseConnection } = this.reader.driver as unknown as Driver;
      statement = databaseConnection.prepare(text).raw();
      if (this.#statements.size >= mostStatements) this.#statements.clear();
      this.#statements.set(text, statement);
    }
    return statement.all(...values);
  }

  transaction<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const result = this.#turn.then(() => this.writer.transaction(work));
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async close(): Promise<void> {
    await this.#turn;
    await this.reader.destroy();
    await this.writer.destroy();
  }
}

function connect(options: SqliteOptions): Promise<DataSource> {
  return new DataSource({
    type: "better-sqlite3",
    database: databaseFile(options.dataDir),
    enableWAL: true,
    statementCacheSize: 500,
    entities: options.entities,
    migrations: options.migrations,
    synchronize: false,
    prepareDatabase: (connection: Connection) => {
      const prepare = connection.prepare.bind(connection);
      connection.prepare = (text) => prepare(preparedOnce(text));
      connection.pragma(`synchronous = ${options.durable ? "FULL" : "NORMAL"}`);
      connection.pragma(`busy_timeout = ${patience}`);
      connection.pragma("cache_size = -65536");
    },
  }).initialize();
}

/**
 * A query in words that SQLite prepares once. Where a column equals a bound value and the answer is to be in an order, its
 * planner looks at the value, and prepares the statement again whenever one is bound: 20 to 200 µs, of queries that run in 5.
 */
export function preparedOnce(text: string): string {
  return /^SELECT\s.*\sORDER BY\s/s.test(text) ? text.replaceAll(" = ?", " IN (?)") : text;
}

/** All in one transaction, that of the one process that has the right to write. */
async function migrate(writer: DataSource): Promise<void> {
  await writer.query("PRAGMA busy_timeout = 0");
  await begin(writer, Date.now() + migratesWithin);
  try {
    await writer.runMigrations({ transaction: "none" });
    await writer.query("COMMIT");
  } catch (error) {
    await writer.query("ROLLBACK");
    throw error;
  }
  await writer.query(`PRAGMA busy_timeout = ${patience}`);
}

/** Waits without blocking: the other one may be in this process. */
async function begin(writer: DataSource, until: number): Promise<void> {
  for (;;) {
    try {
      await writer.query("BEGIN IMMEDIATE");
      return;
    } catch (error) {
      if (Date.now() > until || !String(error).includes("database is locked")) throw error;
      await sleep(20);
    }
  }
}
