import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Database } from "../../../backend/src/database/database.ts";
import { schema } from "../../../backend/src/schema.ts";

describe("The migrations", () => {
  let dataDir: string;
  let database: Database;

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "sheaf-"));
    database = await Database.open({ ...schema, dataDir, durable: false });
  });

  after(async () => {
    await database.close();
    await rm(dataDir, { recursive: true });
  });

  it("make exactly the tables of the entities", async () => {
    const { upQueries } = await database.read.dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).to.deep.equal([]);
  });

  it("can be undone", async () => {
    for (let left = schema.migrations.length; left > 0; left -= 1) {
      await database.read.dataSource.undoLastMigration();
    }
    const tables = await database.read.query<{ name: string }[]>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('migrations', 'sqlite_sequence')",
    );
    expect(tables).to.deep.equal([]);
  });
});
