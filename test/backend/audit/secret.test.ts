import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { AuditEntryRow, AuditHeadRow } from "../../../backend/src/audit/audit.entity.ts";
import { AuditLog } from "../../../backend/src/audit/audit-log.ts";
import { hashOf } from "../../../backend/src/audit/link.ts";
import { storedAudit, verifyAudit } from "../../../backend/src/audit/verify.ts";
import { parseConfig } from "../../../backend/src/config/config.ts";
import { Database } from "../../../backend/src/database/database.ts";
import { schema } from "../../../backend/src/schema.ts";
import { freshDatabase, type TestDatabase } from "../../support/databases.ts";

const secret = "s".repeat(16) + "t".repeat(16);
const other = "u".repeat(16) + "v".repeat(16);

describe("An audit log that is written with a secret", () => {
  let dataDir: string;
  let stored: TestDatabase;
  let database: Database;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "sheaf-"));
    stored = await freshDatabase();
    database = await Database.open({
      ...schema,
      dataDir,
      url: stored.databaseUrl,
      durable: false,
    });
    await write(undefined, 5);
    await write(secret, 5);
  });

  afterEach(async () => {
    await database.close();
    await stored.drop();
    await rm(dataDir, { recursive: true });
  });

  const write = async (auditSecret: string | undefined, entries: number): Promise<string> => {
    const config = { ...parseConfig({ SANDBOX: "true" }), auditSecret };
    const log = new AuditLog(config, database);
    for (let count = 0; count < entries; count += 1) {
      await log.record({ kind: "read", what: { count } });
    }
    // Chains are in the order of their milliseconds.
    await new Promise((resolve) => setTimeout(resolve, 5));
    return log.writer;
  };
  const faults = async (...secrets: string[]): Promise<readonly string[]> =>
    (await verifyAudit(storedAudit(database.read), [], secrets)).faults;
  /** As somebody would who has the database and no secret. */
  const rewrite = async (writer: string, isPlain: boolean): Promise<void> => {
    const rows = await database.read.find(AuditEntryRow, {
      where: { writer },
      order: { seq: "ASC" },
    });
    let previous = rows[0]!.previous;
    for (const row of rows) {
      const what = row.seq === 1 ? (isPlain ? { heads: [] } : row.what) : { count: 99 };
      const { seq, at, kind, party, person, apiKey } = row;
      const entry = { writer, seq, at, kind, party, person, apiKey, what, previous };
      previous = hashOf(entry);
      await database.write((manager) =>
        manager.update(AuditEntryRow, { writer, seq: row.seq }, {
          what,
          previous: entry.previous,
          hash: previous,
        } as never),
      );
    }
    await database.write((manager) => manager.update(AuditHeadRow, { writer }, { hash: previous }));
  };

  it("is as it was written, also what was written before there was one", async () => {
    expect(await faults(secret)).to.deep.equal([]);
    expect(await faults(other, secret)).to.deep.equal([]);
  });

  it("cannot be read as good by who has not the secret", async () => {
    const found = await faults();
    expect(found).to.have.length(1);
    expect(found[0]).to.include("written with a secret that is not given");
    expect((await faults(other))[0]).to.include("not given");
  });

  it("goes on with another secret, and is read with both", async () => {
    await write(other, 3);
    expect(await faults(other, secret)).to.deep.equal([]);
    expect((await faults(other)).join()).to.include("not given");
  });

  it("is not to be recomputed, nor written again without it, by who has the database", async () => {
    const youngest = await write(secret, 4);
    await rewrite(youngest, false);
    expect((await faults(secret)).join()).to.include("is not what was written");
    await rewrite(youngest, true);
    expect(await faults(secret)).to.deep.equal([
      `Chain ${youngest} is written without the secret that was in use by then.`,
    ]);
  });

  it("is missed where no chain is written with the secret that there is", async () => {
    await database.write(async (manager) => {
      for (const { writer } of await manager.findBy(AuditEntryRow, { kind: "opened" })) {
        const opening = await manager.findOneByOrFail(AuditEntryRow, { writer, seq: 1 });
        if (!("key" in opening.what)) continue;
        await manager.delete(AuditEntryRow, { writer });
        await manager.delete(AuditHeadRow, { writer });
      }
    });
    expect((await faults(secret)).join()).to.include("no chain is written with it");
  });
});
