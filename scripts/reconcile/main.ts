import { resolve } from "node:path";
import { readDeployment } from "../../backend/src/chain/deployment.ts";
import { Rpc } from "../../backend/src/chain/rpc.ts";
import { readOnly } from "../../backend/src/database/read-only.ts";
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
  const place = {
    ...schema,
    name: "sheaf reconcile",
    dataDir: resolve(DATA_DIR),
    url: DATABASE_URL,
  };
  try {
    await rpc.header("latest").catch((error: unknown) => {
      throw new Error(`No network answers at ${RPC_URL}: ${String(error)}`);
    });
    return await readOnly(place, (manager) => reconcile(manager, rpc, deployment));
  } finally {
    rpc.destroy();
  }
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
