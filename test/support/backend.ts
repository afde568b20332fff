import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createApp, type Backend } from "../../backend/src/app.ts";
import { parseConfig, type Config } from "../../backend/src/config/config.ts";
import { freshDatabase } from "./databases.ts";
import type { LocalChain } from "./local-chain.ts";

/** A backend of a test's own, listening, with its data in a folder and a database that go with it. */
export interface TestBackend {
  readonly backend: Backend;
  readonly config: Config;
  readonly url: string;
  /** Stops it and starts another one on the same data, and before that does what is to be done meanwhile. */
  restart(changes?: Partial<Config>, meanwhile?: () => Promise<void>): Promise<TestBackend>;
  close(): Promise<void>;
}

export async function startBackend(
  chain: LocalChain,
  changes: Partial<Config> = {},
): Promise<TestBackend> {
  const dataDir = await mkdtemp(join(tmpdir(), "sheaf-"));
  const deploymentFile = join(dataDir, "deployment.json");
  await writeFile(deploymentFile, JSON.stringify(chain.deployment));
  const database = await freshDatabase();
  const config: Config = {
    ...parseConfig({ SANDBOX: "true" }),
    port: 0,
    rpcUrl: chain.url,
    dataDir,
    databaseUrl: database.databaseUrl,
    deploymentFile,
    administrationKey: chain.administrationKey,
    logLevel: "silent",
    ...changes,
  };
  return run(config, () => database.drop());
}

async function run(config: Config, drop: () => Promise<void>): Promise<TestBackend> {
  const backend = await createApp(config);
  const url = await backend.listen();
  return {
    backend,
    config,
    url,
    restart: async (changes = {}, meanwhile = () => Promise.resolve()) => {
      await backend.close();
      await meanwhile();
      return run({ ...config, ...changes }, drop);
    },
    close: async () => {
      await backend.close();
      await drop();
      await rm(config.dataDir, { recursive: true, force: true });
    },
  };
}
