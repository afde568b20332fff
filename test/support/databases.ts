import { PostgresServer } from "../../scripts/postgres/server.ts";

/** Where a test keeps its rows: SQLite, or PostgreSQL where `TEST_DATABASE` says `postgres`. */
export const isOnPostgres = process.env["TEST_DATABASE"] === "postgres";

let server: Promise<PostgresServer> | undefined;

/** One for all tests of a run, started when the first asks. */
export function postgresServer(): Promise<PostgresServer> {
  server ??= PostgresServer.start();
  return server;
}

after(async () => {
  await (await server)?.stop();
});

/** An empty database for a test, as the configuration names it. */
export interface TestDatabase {
  readonly databaseUrl: string | undefined;
  drop(): Promise<void>;
}

export async function freshDatabase(): Promise<TestDatabase> {
  if (!isOnPostgres) return { databaseUrl: undefined, drop: () => Promise.resolve() };
  const postgres = await postgresServer();
  const databaseUrl = await postgres.createDatabase();
  return { databaseUrl, drop: () => postgres.dropDatabase(databaseUrl) };
}
