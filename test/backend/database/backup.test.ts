import { execFileSync } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { CommandRow } from "../../../backend/src/command/command.entity.ts";
import { Database } from "../../../backend/src/database/database.ts";
import { databaseFile } from "../../../backend/src/database/sqlite.ts";
import { startBackend, type TestBackend } from "../../support/backend.ts";
import { Client } from "../../support/client.ts";
import { freshDatabase, postgresServer, type TestDatabase } from "../../support/databases.ts";
import { startLocalChain, type LocalChain } from "../../support/local-chain.ts";
import { stateOf } from "../../support/state.ts";
import { made } from "../../support/trade.ts";

describe("A backup", function () {
  this.timeout(120_000);
  let chain: LocalChain;
  let running: TestBackend;
  let folder: string;
  let restoredInto: TestDatabase;
  let operator: Client;
  let party: string;

  before(async () => {
    chain = await startLocalChain();
    running = await startBackend(chain);
    folder = await mkdtemp(join(tmpdir(), "sheaf-backup-"));
    restoredInto = await freshDatabase();
    operator = await new Client(running.url).signedIn("operator");
    const buyer = { name: "Buyer", roles: ["buyer"] };
    party = String(made(await operator.post("/api/v1/parties", buyer))["id"]);
  });

  after(async () => {
    await running.close();
    await restoredInto.drop();
    await rm(folder, { recursive: true, force: true });
    await chain.close();
  });

  const mint = async (amount: string, key: string): Promise<unknown> =>
    made(
      await operator.post("/api/v1/sandbox/money", { party, amount }, { "idempotency-key": key }),
    );

  it("of a running backend gives, restored and replayed, the state that it has by then", async () => {
    const told = await mint("1.00", "before");
    await backUp(running, folder);
    const before = await stateOf(running);
    await mint("2.00", "after");
    const now = await stateOf(running);
    expect(now).not.to.equal(before);
    await restore(running, folder, restoredInto);
    const { databaseUrl } = restoredInto;
    const restored = await startBackend(chain, { dataDir: folder, databaseUrl });
    try {
      expect(await stateOf(restored)).to.equal(now);
      // What was answered before the backup is answered again; the rest is on the chain, not in the record.
      operator = await new Client(restored.url).signedIn("operator");
      expect(await mint("1.00", "before")).to.deep.equal(told);
      const { read } = restored.backend.app.get(Database);
      expect(await read.countBy(CommandRow, { idempotencyKey: "after" })).to.equal(0);
      // Its next nonce is the chain's, not the record's.
      await mint("3.00", "later");
    } finally {
      await restored.close();
    }
  });
});

async function backUp({ config, backend }: TestBackend, folder: string): Promise<void> {
  await cp(join(config.dataDir, "keystore"), join(folder, "keystore"), { recursive: true });
  if (config.databaseUrl === undefined) {
    const { read } = backend.app.get(Database);
    await read.query("VACUUM INTO ?", [databaseFile(folder)]);
  } else {
    const { programs } = await postgresServer();
    const file = join(folder, "sheaf.dump");
    run(programs, "pg_dump", ["--format=custom", `--file=${file}`, config.databaseUrl]);
  }
}

async function restore(
  { config }: TestBackend,
  folder: string,
  { databaseUrl }: TestDatabase,
): Promise<void> {
  if (config.databaseUrl === undefined || databaseUrl === undefined) return;
  const { programs } = await postgresServer();
  const file = join(folder, "sheaf.dump");
  run(programs, "pg_restore", ["--exit-on-error", "--no-owner", `--dbname=${databaseUrl}`, file]);
}

function run(folder: string, program: string, args: string[]): void {
  execFileSync(join(folder, program), args, { stdio: "pipe" });
}
