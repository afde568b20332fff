import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { PostgresServer } from "../../postgres/server.ts";

/** An empty place for a read model, which goes with what was measured. */
interface Place {
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  remove(): Promise<void>;
}

/** Where read models are kept while they are measured: each on a database of its own. */
export interface Storage {
  /** What it is, for the report. */
  readonly name: string;
  fresh(): Promise<Place>;
  close(): Promise<void>;
}

/** @param database `sqlite`, `postgres` for a server that is started for it, or the address of one: `postgres://…` */
export async function openStorage(database: string): Promise<Storage> {
  if (database === "sqlite") {
    return { name: "SQLite", fresh: () => folder(undefined), close: () => Promise.resolve() };
  }
  if (database !== "postgres") return storageAt(database, "", () => Promise.resolve());
  const server = await PostgresServer.start({ durable: true });
  return storageAt(await server.createDatabase(), " of the bench's own", () => server.stop());
}

async function storageAt(url: string, whose: string, close: () => Promise<void>): Promise<Storage> {
  const [said] = await asked<{ server_version: string }>(url, "SHOW server_version");
  return {
    name: `PostgreSQL ${said?.server_version ?? ""}${whose}`,
    fresh: async () => {
      const name = `sheaf_bench_${randomBytes(8).toString("hex")}`;
      await asked(url, `CREATE DATABASE ${name}`);
      const own = new URL(url);
      own.pathname = name;
      return folder(own.href, () => asked(url, `DROP DATABASE ${name} WITH (FORCE)`));
    },
    close,
  };
}

async function folder(
  databaseUrl: string | undefined,
  drop: () => Promise<unknown> = () => Promise.resolve(),
): Promise<Place> {
  const dataDir = await mkdtemp(join(tmpdir(), "sheaf-bench-"));
  return {
    dataDir,
    databaseUrl,
    remove: async () => {
      await drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function asked<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}
