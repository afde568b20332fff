import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Database } from "../../backend/src/database/database.ts";
import { stateHash } from "../../backend/src/projection/state-hash.ts";
import { readModel } from "../../backend/src/read-model.ts";
import { schema } from "../../backend/src/schema.ts";
import { startBackend, type BackendProcess } from "../../scripts/sandbox/backend.ts";
import { freePort } from "../../scripts/sandbox/port.ts";
import { postgresServer } from "./databases.ts";
import type { LocalChain } from "./local-chain.ts";

/** Backends in processes of their own, on one PostgreSQL and one folder of keys. */
export interface Processes {
  readonly database: Database;
  /** Those that run, in the order of starting. */
  readonly running: BackendProcess[];
  /** One more. */
  start(environment?: Readonly<Record<string, string>>): Promise<BackendProcess>;
  /** The process ids of those that hold an advisory lock, by what they hold it for. */
  holders(): Promise<{ readonly task: string; readonly pid: number }[]>;
  stateHash(): Promise<string>;
  stop(): Promise<void>;
}

const tasks = ["anchorer", "projector", "sweeper"];
const holdersSql = `
  SELECT task, substring(application_name FROM '[0-9]+$')::integer AS pid
  FROM unnest($1::text[]) task
  JOIN pg_locks l ON l.locktype = 'advisory' AND l.granted AND (l.classid::bigint << 32 | l.objid::bigint) =
    hashtextextended('sheaf.task.' || task, 0)
  JOIN pg_stat_activity USING (pid)
  WHERE l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  ORDER BY task`;

/** @param environment of each of them, beside what all need */
export async function startProcesses(
  chain: LocalChain,
  count: number,
  environment: Readonly<Record<string, string>> = {},
): Promise<Processes> {
  const server = await postgresServer();
  const url = await server.createDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), "sheaf-"));
  const deployment = join(dataDir, "deployment.json");
  await writeFile(deployment, JSON.stringify(chain.deployment));
  const shared = {
    SANDBOX: "true",
    RPC_URL: chain.url,
    DATA_DIR: dataDir,
    DATABASE_URL: url,
    DEPLOYMENT: deployment,
    ADMINISTRATION_KEY: chain.administrationKey,
    TOKEN_SECRET: "one secret for all of these processes",
    LOG_LEVEL: "silent",
    ...environment,
  };
  const running: BackendProcess[] = [];
  const start = async (own = {}): Promise<BackendProcess> => {
    const port = await freePort(0, "PORT");
    const started = await startBackend(port, { ...shared, ...own });
    running.push(started);
    void started.ended.then(() => {
      const place = running.indexOf(started);
      if (place >= 0) running.splice(place, 1);
    });
    return started;
  };
  await Promise.all(Array.from({ length: count }, () => start()));
  const database = await Database.open({ ...schema, url, dataDir, durable: false });
  return {
    database,
    running,
    start,
    holders: () => database.read.query(holdersSql, [tasks]),
    stateHash: () => stateHash(database.read, readModel().rows),
    stop: async () => {
      await database.close();
      await Promise.all([...running].map((each) => each.stop()));
      await server.dropDatabase(url);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
