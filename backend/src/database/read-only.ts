import { existsSync } from "node:fs";
import { DataSource, type EntityManager } from "typeorm";
import { databaseFile } from "./sqlite.ts";

export interface ReadOnlyOptions {
  readonly entities: (new () => object)[];
  /** Whoever reads, as PostgreSQL lists its connections. */
  readonly name: string;
  readonly dataDir: string;
  /** `postgres://…`; SQLite in `dataDir` where undefined. */
  readonly url: string | undefined;
}

/**
 * What a database holds at one moment, for whoever looks from beside the backend, while it runs or not: it writes
 * nothing, and can write nothing.
 * @throws Error where there is no such database
 */
export async function readOnly<T>(
  options: ReadOnlyOptions,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  const { url } = options;
  const source = url === undefined ? sqlite(options) : postgres(url, options);
  const database = await source.initialize();
  try {
    return await database.transaction(url === undefined ? "SERIALIZABLE" : "REPEATABLE READ", work);
  } finally {
    await database.destroy();
  }
}

function sqlite({ dataDir, entities }: ReadOnlyOptions): DataSource {
  const file = databaseFile(dataDir);
  if (!existsSync(file))
    throw new Error(`There is no database ${file}. DATA_DIR names its folder.`);
  return new DataSource({ type: "better-sqlite3", database: file, readonly: true, entities });
}

function postgres(url: string, { name, entities }: ReadOnlyOptions): DataSource {
  return new DataSource({
    type: "postgres",
    url,
    poolSize: 1,
    applicationName: name,
    installExtensions: false,
    entities,
    extra: { options: "-c default_transaction_read_only=on" },
  });
}
