import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Chain } from "../../backend/src/chain/chain.ts";
import { ChainClock } from "../../backend/src/chain/clock.ts";
import { Contracts } from "../../backend/src/chain/contracts.ts";
import type { Deployment } from "../../backend/src/chain/deployment.ts";
import { Rpc } from "../../backend/src/chain/rpc.ts";
import { parseConfig, type Config } from "../../backend/src/config/config.ts";
import { Database } from "../../backend/src/database/database.ts";
import { ProjectionEngine } from "../../backend/src/projection/projection.engine.ts";
import { stateHash } from "../../backend/src/projection/state-hash.ts";
import { readModel } from "../../backend/src/read-model.ts";
import { schema } from "../../backend/src/schema.ts";

/** A read model without a backend around it, on a database of its own. */
export interface Follower {
  readonly engine: ProjectionEngine;
  readonly database: Database;
  hash(): Promise<string>;
  close(): Promise<void>;
}

/** Builds it as far as the chain goes; it looks for more when it is told to. */
export async function startFollower(
  url: string,
  deployment: Deployment,
  changes: Partial<Config> = {},
): Promise<Follower> {
  const dataDir = await mkdtemp(join(tmpdir(), "sheaf-"));
  const config = { ...parseConfig({ SANDBOX: "true" }), pollInterval: 60_000, ...changes };
  const rpc = new Rpc(url, deployment.chainId);
  const database = await Database.open({ ...schema, dataDir, durable: false });
  const parts = { rpc, contracts: new Contracts(deployment) } as Chain;
  const projectors = readModel();
  const engine = new ProjectionEngine(config, parts, database, projectors, new ChainClock(true));
  await engine.start();
  return {
    engine,
    database,
    hash: () => stateHash(database.read, projectors.rows),
    close: async () => {
      await engine.stop();
      await database.close();
      rpc.destroy();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The hash of a read model that is made from nothing and thrown away. */
export async function rebuiltHash(
  url: string,
  deployment: Deployment,
  changes: Partial<Config> = {},
): Promise<string> {
  const follower = await startFollower(url, deployment, changes);
  try {
    return await follower.hash();
  } finally {
    await follower.close();
  }
}
