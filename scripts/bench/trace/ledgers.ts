import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Database } from "../../../backend/src/database/database.ts";
import { databaseFile } from "../../../backend/src/database/sqlite.ts";
import { schema } from "../../../backend/src/schema.ts";
import { PostgresServer } from "../../postgres/server.ts";
import { dropFromCache, type Reopened } from "./answers.ts";

/** An empty ledger on a database of its own. */
interface BenchLedger extends Reopened {
  remove(): Promise<void>;
}

/** Where ledgers are kept, and what is done before a cold answer. */
export interface Ledgers {
  readonly name: string;
  readonly cold: string;
  fresh(): Promise<BenchLedger>;
  close(): Promise<void>;
}

export async function openLedgers(database: "sqlite" | "postgres"): Promise<Ledgers> {
  return database === "sqlite" ? sqlite() : postgres(await PostgresServer.start());
}

function sqlite(): Ledgers {
  return {
    name: "SQLite",
    cold: "a fresh connection, and the file taken out of the system's page cache (posix_fadvise)",
    fresh: async () => {
      const dataDir = await mkdtemp(join(tmpdir(), "sheaf-bench-"));
      const files = ["", "-wal", "-shm"].map((suffix) => `${databaseFile(dataDir)}${suffix}`);
      return {
        open: () => Database.open({ ...schema, dataDir, durable: false }),
        forget: () => {
          dropFromCache(files.filter((file) => existsSync(file)));
          return Promise.resolve();
        },
        remove: () => rm(dataDir, { recursive: true, force: true }),
      };
    },
    close: () => Promise.resolve(),
  };
}

function postgres(server: PostgresServer): Ledgers {
  return {
    name: "PostgreSQL",
    cold: "a fresh connection to a server that has just started; the system's page cache stays",
    fresh: async () => {
      const url = await server.createDatabase();
      const dataDir = await mkdtemp(join(tmpdir(), "sheaf-bench-"));
      return {
        open: () => Database.open({ ...schema, dataDir, url, durable: false }),
        forget: () => server.crash(),
        remove: async () => {
          await server.dropDatabase(url);
          await rm(dataDir, { recursive: true, force: true });
        },
      };
    },
    close: () => server.stop(),
  };
}
