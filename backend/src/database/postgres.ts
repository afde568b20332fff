import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { DataSource, QueryFailedError, type EntityManager, type MigrationInterface } from "typeorm";
import type { Connections, Isolation } from "./connections.ts";
import { PostgresBulletin } from "./postgres-bulletin.ts";
import { PostgresLeadership } from "./postgres-leadership.ts";
import { PostgresLocks } from "./postgres-locks.ts";
import { ownName } from "./postgres-session.ts";

interface PostgresOptions {
  readonly entities: (new () => object)[];
  readonly migrations: (new () => MigrationInterface)[];
  readonly url: string;
}

const writers = 6;
const readers = 8;
/** Milliseconds that a caller waits for a connection. */
const patience = 10_000;
/** Milliseconds: who asks for what takes longer keeps one of few connections from all others. */
const longestQuery = 30_000;
const attempts = 30;
/** Text in the order of its code points, as on SQLite, and not of a language. */
const collation = "C";

export async function openPostgres(options: PostgresOptions): Promise<Connections> {
  const writer = await connect(options, writers);
  try {
    await alone(options.url, () => migrate(writer));
    return new PostgresConnections(
      options.url,
      writer,
      await connect(options, readers, longestQuery),
    );
  } catch (error) {
    await writer.destroy();
    throw error;
  }
}

/** Drops the tables, if they are stale still when nobody else can be at them. */
export async function discardPostgres(
  options: PostgresOptions,
  isStale: (manager: EntityManager) => Promise<boolean>,
): Promise<void> {
  const source = await connect(options, 1);
  try {
    await alone(options.url, async () => {
      if (!(await isStale(source.manager))) return;
      const names = [...source.entityMetadatas.map(({ tableName }) => tableName), "migrations"];
      const tables = names.map((name) => source.driver.escape(name)).join(", ");
      await source.query(`DROP TABLE IF EXISTS ${tables}`);
    });
  } finally {
    await source.destroy();
  }
}

class PostgresConnections implements Connections {
  readonly leadership: PostgresLeadership;
  readonly locks: PostgresLocks;
  readonly bulletin: PostgresBulletin;

  constructor(
    url: string,
    private readonly writer: DataSource,
    readonly reader: DataSource,
  ) {
    this.leadership = new PostgresLeadership(url);
    this.locks = new PostgresLocks(url);
    this.bulletin = new PostgresBulletin(url);
  }

  async transaction<T>(
    work: (manager: EntityManager) => Promise<T>,
    isolation: Isolation,
  ): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#attempt(work, isolation);
      } catch (error) {
        if (attempt >= attempts || !isPassing(error, attempt)) throw error;
        // Those that ran into each other must not do so again.
        await sleep(Math.random() * Math.min(2 ** attempt, 64));
      }
    }
  }

  async select(text: string, values: readonly unknown[]): Promise<unknown[][]> {
    const rows = await this.reader.manager.query<object[]>(text, [...values]);
    return rows.map((row) => Object.values(row) as unknown[]);
  }

  async close(): Promise<void> {
    await Promise.all([this.leadership.withdraw(), this.locks.close(), this.bulletin.close()]);
    await this.reader.destroy();
    await this.writer.destroy();
  }

  #attempt<T>(work: (manager: EntityManager) => Promise<T>, isolation: Isolation): Promise<T> {
    const level = isolation === "serializable" ? "SERIALIZABLE" : "REPEATABLE READ";
    return this.writer.transaction(level, work);
  }
}

/** Serialization failure, deadlock; and a duplicate, which the next attempt can see and take for what it is. */
function isPassing(error: unknown, attempt: number): boolean {
  if (!(error instanceof QueryFailedError)) return false;
  const { code } = error.driverError as { readonly code?: string };
  return code === "40001" || code === "40P01" || (code === "23505" && attempt < 3);
}

/** @param longest milliseconds that one statement may take; undefined for however long it takes */
async function connect(
  options: PostgresOptions,
  poolSize: number,
  longest?: number,
): Promise<DataSource> {
  const source = await new DataSource({
    type: "postgres",
    url: options.url,
    poolSize,
    connectTimeoutMS: patience,
    applicationName: "sheaf",
    installExtensions: false,
    entities: options.entities,
    migrations: options.migrations,
    synchronize: false,
    extra: {
      keepAlive: true,
      // A process that stands still must not stand in the way of the others.
      idle_in_transaction_session_timeout: 30_000,
      ...(longest !== undefined && { statement_timeout: longest }),
    },
  }).initialize();
  const columns = source.entityMetadatas.flatMap((entity) => entity.columns);
  for (const column of columns) if (column.type === "varchar") column.collation = collation;
  return source;
}

/** Runs `work` while no other process does so on the same database. */
async function alone(url: string, work: () => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url, application_name: "sheaf migrations" });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const name = ownName("'sheaf.migrations'");
    await client.query(`SELECT pg_advisory_lock(hashtextextended(${name}, 0))`);
    await work();
  } finally {
    await client.end();
  }
}

async function migrate(writer: DataSource): Promise<void> {
  await writer.runMigrations({ transaction: "all" });
  await orderByCodePoint(writer);
}

/** What migrations, which know no kind of database, have left in the order of the database's language. */
async function orderByCodePoint(writer: DataSource): Promise<void> {
  const columns = await writer.query<{ table: string; column: string; length: number }[]>(
    `SELECT c.table_name AS "table", c.column_name AS "column", c.character_maximum_length AS "length"
     FROM information_schema.columns c
     JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'
       AND c.data_type = 'character varying' AND c.character_maximum_length IS NOT NULL
       AND c.collation_name IS DISTINCT FROM $1`,
    [collation],
  );
  const escape = (name: string): string => writer.driver.escape(name);
  const changes = new Map<string, string[]>();
  for (const { table, column, length } of columns) {
    const change = `ALTER COLUMN ${escape(column)} TYPE varchar(${length}) COLLATE "${collation}"`;
    changes.set(table, [...(changes.get(table) ?? []), change]);
  }
  for (const [table, each] of changes) {
    await writer.query(`ALTER TABLE ${escape(table)} ${each.join(", ")}`);
  }
}
