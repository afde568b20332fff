import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { EntityManager, MigrationInterface, QueryRunner } from "typeorm";
import { CommandTransactionRow } from "../../../backend/src/command/command-transaction.entity.ts";
import { Database, type DatabaseOptions } from "../../../backend/src/database/database.ts";
import { column, table } from "../../../backend/src/database/migration.ts";
import { schema } from "../../../backend/src/schema.ts";
import { startBackend } from "../../support/backend.ts";
import { Client } from "../../support/client.ts";
import { startLocalChain } from "../../support/local-chain.ts";
import { freshDatabase, isOnPostgres, type TestDatabase } from "../../support/databases.ts";

const tableNames = isOnPostgres
  ? "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'"
  : "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'sqlite_sequence'";
/** What each event touches, as the previous version kept it. */
const links =
  "SELECT subject.*, link.* FROM event_links link JOIN event_subjects subject ON subject.number = link.subject " +
  'ORDER BY link.block, link."logIndex"';
/** The last migration of version 0.1.0, which is deployed. */
const previousVersion = "FacilityTables1790000060000";

describe("The migrations", () => {
  let dataDir: string;
  let stored: TestDatabase;
  let options: DatabaseOptions;
  let open: Database[];

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "sheaf-"));
    stored = await freshDatabase();
    options = { ...schema, dataDir, url: stored.databaseUrl, durable: false };
    open = [];
  });

  afterEach(async () => {
    for (const database of open) await database.close();
    await stored.drop();
    await rm(dataDir, { recursive: true });
  });

  const opened = async (changes: Partial<DatabaseOptions> = {}): Promise<Database> => {
    const database = await Database.open({ ...options, ...changes });
    open.push(database);
    return database;
  };
  const tablesOf = async ({ read }: Database): Promise<string[]> =>
    (await read.query<{ name: string }[]>(tableNames)).map(({ name }) => name).sort();
  const toDo = async ({ read }: Database): Promise<string[]> => {
    const { upQueries } = await read.dataSource.driver.createSchemaBuilder().log();
    return upQueries.map(({ query }) => query);
  };

  it("make exactly the tables of the entities", async () => {
    expect(await toDo(await opened())).to.deep.equal([]);
  });

  it("can be undone", async () => {
    const database = await opened();
    for (let left = schema.migrations.length; left > 0; left -= 1) {
      await database.read.dataSource.undoLastMigration();
    }
    expect(await tablesOf(database)).to.deep.equal(["migrations"]);
  });

  it("bring the previous version's database up to date and keep what is in it", async () => {
    const last = schema.migrations.findIndex(({ name }) => name === previousVersion);
    const before = await opened({ migrations: schema.migrations.slice(0, last + 1) });
    const tables = (await tablesOf(before)).filter((name) => name !== "migrations");
    await before.write(async (manager) => {
      for (const name of tables) await fill(manager, name);
    });
    const rows = await rowsOf(before, tables);
    await open.shift()?.close();
    const after = await opened();
    expect(await toDo(after)).to.deep.equal([]);
    const kept: Record<string, Record<string, unknown>[]> = {
      ...(await rowsOf(after, tables)),
      event_links: await after.read.query(links),
    };
    for (const name of tables) {
      expect(kept[name]!.length, name).to.equal(2);
      for (const [index, row] of rows[name]!.entries()) expect(kept[name]![index]).to.include(row);
    }
  });

  it("keep what is in every column, one after another, undone, and all at once again", async () => {
    const first = schema.migrations.findIndex(({ name }) => name === previousVersion) + 1;
    let before: Contents = {};
    for (let count = first; count <= schema.migrations.length; count += 1) {
      const migrations = schema.migrations.slice(0, count);
      const database = await opened({ migrations });
      requireKept(before, await contentsOf(database), `after ${migrations.at(-1)!.name}`);
      for (const name of await tablesOf(database)) {
        if (name !== "migrations") await database.write((manager) => refill(manager, name));
      }
      before = await contentsOf(database);
      await open.pop()?.close();
    }
    const whole = await opened();
    expect(await toDo(whole)).to.deep.equal([]);
    for (const { name } of schema.migrations.slice(first).reverse()) {
      await whole.read.dataSource.undoLastMigration();
      const after = await contentsOf(whole);
      requireKept(before, after, `without ${name}`);
      before = after;
    }
    await open.pop()?.close();
    const again = await opened();
    expect(await toDo(again)).to.deep.equal([]);
    requireKept(before, await contentsOf(again), "all at once again");
  });

  it("keep what commands of the previous version have signed as the version that it is", async () => {
    const last = schema.migrations.findIndex(({ name }) => name === previousVersion);
    const before = await opened({ migrations: schema.migrations.slice(0, last + 1) });
    await before.write((manager) => fill(manager, "commands"));
    const signed = `UPDATE commands SET raw = '"0x01"' WHERE id = '1'`;
    const unsigned = `UPDATE commands SET raw = NULL, "transaction" = NULL WHERE id = '2'`;
    await before.write(async (manager) => {
      for (const change of [signed, unsigned]) await manager.query(change);
    });
    await open.shift()?.close();
    const versions = await (await opened()).read.find(CommandTransactionRow);
    expect(versions).to.deep.equal([{ hash: "1", command: "1", raw: "0x01", signedAt: 1 }]);
  });

  it("leave a database as it was when one of them fails", async () => {
    const running = await opened();
    const before = await tablesOf(running);
    const migrations = [...schema.migrations, Begun1799000000000, Failing1799000000001];
    const refused = await opened({ migrations }).catch(String);
    expect(refused).to.match(/no such plan/);
    expect(await tablesOf(running)).to.deep.equal(before);
  });

  it("leave the previous version's backend working when one of them fails", async () => {
    const chain = await startLocalChain();
    let started = await startBackend(chain);
    const admit = async (name: string): Promise<number> => {
      const operator = await new Client(started.url).signedIn("operator");
      return (await operator.post("/api/v1/parties", { name, roles: ["buyer"] })).status;
    };
    expect(await admit("Before")).to.equal(201);
    const { dataDir: folder, databaseUrl: url } = started.config;
    const migrations = [...schema.migrations, Begun1799000000000, Failing1799000000001];
    const next = Database.open({ ...options, dataDir: folder, url, migrations });
    expect(await next.catch(String)).to.match(/no such plan/);
    expect(await admit("Meanwhile")).to.equal(201);
    started = await started.restart();
    expect(await admit("After")).to.equal(201);
    await started.close();
    await chain.close();
  });

  it("run once when many open the database at the same time", async () => {
    const all = await Promise.all(Array.from({ length: 5 }, () => opened()));
    const [{ count }] = await all[0]!.read.query<[{ count: string }]>(
      "SELECT count(*) AS count FROM migrations",
    );
    expect(Number(count)).to.equal(schema.migrations.length);
  });
});

class Begun1799000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(table("plans", [column.id("id", { primary: true })]));
    await runner.dropTable("refresh_tokens");
  }

  down(): Promise<void> {
    return Promise.resolve();
  }
}

class Failing1799000000001 implements MigrationInterface {
  up(): Promise<void> {
    return Promise.reject(new Error("There is no such plan."));
  }

  down(): Promise<void> {
    return Promise.resolve();
  }
}

type Contents = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

/** All rows; what an event touches with its kind and id, however it is kept. */
async function contentsOf(database: Database): Promise<Contents> {
  const tables = (await database.read.query<{ name: string }[]>(tableNames))
    .map(({ name }) => name)
    .filter((name) => name !== "migrations");
  const rows: Contents = await rowsOf(database, tables);
  return tables.includes("event_subjects")
    ? { ...rows, event_links: await database.read.query(links) }
    : rows;
}

/** Of the tables and columns that are there before and after, every value. */
function requireKept(before: Contents, after: Contents, when: string): void {
  for (const [table, rows] of Object.entries(before)) {
    const found = after[table];
    if (found === undefined) continue;
    expect(found.length, `${table} ${when}`).to.equal(rows.length);
    for (const [index, row] of rows.entries()) {
      const there = Object.entries(row).filter(([name]) => name in found[index]!);
      expect(found[index], `${table} ${when}`).to.include(Object.fromEntries(there));
    }
  }
}

interface ColumnInfo {
  readonly name: string;
  readonly type: string;
}

/** Two rows, with every column said, whatever the columns are. */
async function fill(manager: EntityManager, name: string): Promise<void> {
  const columns = await columnsOf(manager, name);
  const { driver } = manager.dataSource;
  const names = columns.map((each) => driver.escape(each.name)).join(", ");
  const holders = columns.map((_, index) => driver.createParameter("p", index)).join(", ");
  for (const row of [1, 2]) {
    const values = columns.map(({ type }) =>
      /int/i.test(type) ? row : /bool/i.test(type) ? row - 1 : String(row),
    );
    await manager.query(
      `INSERT INTO ${driver.escape(name)} (${names}) VALUES (${holders})`,
      values,
    );
  }
}

async function refill(manager: EntityManager, name: string): Promise<void> {
  await manager.query(`DELETE FROM ${manager.dataSource.driver.escape(name)}`);
  await fill(manager, name);
}

function columnsOf(manager: EntityManager, name: string): Promise<ColumnInfo[]> {
  return manager.query<ColumnInfo[]>(
    isOnPostgres
      ? `SELECT column_name AS name, data_type AS type FROM information_schema.columns WHERE table_name = '${name}'`
      : `SELECT name, type FROM pragma_table_info('${name}')`,
  );
}

async function rowsOf(
  { read }: Database,
  tables: readonly string[],
): Promise<Record<string, Record<string, unknown>[]>> {
  const rows: Record<string, Record<string, unknown>[]> = {};
  for (const name of tables) {
    const found = await read.query<Record<string, unknown>[]>(
      `SELECT * FROM ${read.dataSource.driver.escape(name)}`,
    );
    rows[name] = found.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  return rows;
}
