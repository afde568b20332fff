import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { DataSource } from "typeorm";
import { readDeployment } from "../../backend/src/chain/deployment.ts";
import { Rpc } from "../../backend/src/chain/rpc.ts";
import { databaseFile } from "../../backend/src/database/sqlite.ts";
import { schema } from "../../backend/src/schema.ts";
import { reconcile, type Reconciliation } from "./reconcile.ts";

/**
 * `npm run reconcile`: compares a backend's read model with the chain, while it runs or not, and writes nothing. The
 * backend's own variables say where they are; without them, the sandbox that `npm start` runs.
 */
async function run(): Promise<Reconciliation> {
  const {
    RPC_URL = "http://127.0.0.1:8545",
    DATA_DIR = "data/sandbox",
    DATABASE_URL,
  } = process.env;
  const deployment = readDeployment(
    process.env["DEPLOYMENT"] ?? resolve(DATA_DIR, "deployment.json"),
  );
  const rpc = new Rpc(RPC_URL.split(","), deployment.chainId);
  const database = await (
    DATABASE_URL === undefined ? sqliteIn(resolve(DATA_DIR)) : postgresAt(DATABASE_URL)
  ).initialize();
  try {
    await rpc.header("latest").catch((error: unknown) => {
      throw new Error(`No network answers at ${RPC_URL}: ${String(error)}`);
    });
    // One state from first to last, whatever the backend writes meanwhile.
    return await database.transaction(isolation(database), (manager) =>
      reconcile(manager, rpc, deployment),
    );
  } finally {
    await database.destroy();
    rpc.destroy();
  }
}

function sqliteIn(dataDir: string): DataSource {
  const file = databaseFile(dataDir);
  if (!existsSync(file))
    throw new Error(`There is no database ${file}. DATA_DIR names its folder.`);
  return new DataSource({
    type: "better-sqlite3",
    database: file,
    readonly: true,
    entities: schema.entities,
  });
}

function postgresAt(url: string): DataSource {
  return new DataSource({
    type: "postgres",
    url,
    poolSize: 1,
    applicationName: "sheaf reconcile",
    installExtensions: false,
    entities: schema.entities,
    extra: { default_transaction_read_only: "on" },
  });
}

function isolation({ driver }: DataSource): "REPEATABLE READ" | "SERIALIZABLE" {
  return driver.options.type === "postgres" ? "REPEATABLE READ" : "SERIALIZABLE";
}

function report({ block, compared, tables }: Reconciliation, all: readonly string[]): void {
  const rows = [...compared].map(([noun, count]) => `${noun} ${String(count)}`).join(", ");
  console.log(`Compared at block ${String(block)}: ${rows}.`);
  console.log(`Made once more from the logs, and compared: ${String(tables.rows)} rows.`);
  for (const difference of all) console.log(`  ${difference}`);
  console.log(
    all.length === 0
      ? "The read model is what the chain says."
      : `${String(all.length)} differences.`,
  );
}

try {
  const reconciliation = await run();
  const all = [...reconciliation.differences, ...reconciliation.tables.differences];
  report(reconciliation, all);
  process.exitCode = all.length === 0 ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
