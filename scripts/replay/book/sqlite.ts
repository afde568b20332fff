import { createRequire } from "node:module";

/** What is used of better-sqlite3, which brings no types. Integers are `bigint` with `safeIntegers`. */
export interface SqliteStatement {
  run(...values: SqliteValue[]): { readonly changes: number };
  get(...values: SqliteValue[]): unknown;
  all(...values: SqliteValue[]): unknown[];
  iterate(...values: SqliteValue[]): IterableIterator<unknown>;
}

type SqliteValue = string | bigint | number;

export interface SqliteDatabase {
  prepare(sql: string): SqliteStatement;
  exec(sql: string): void;
  pragma(setting: string): unknown;
  defaultSafeIntegers(on: boolean): void;
  close(): void;
}

type Opener = new (path: string) => SqliteDatabase;

/** Opens a database file that is dropped with the folder it is in: durability is not asked for. */
export function openScratchDatabase(path: string): SqliteDatabase {
  const Database = createRequire(import.meta.url)("better-sqlite3") as Opener;
  const database = new Database(path);
  database.defaultSafeIntegers(true);
  database.pragma("journal_mode = off");
  database.pragma("synchronous = off");
  return database;
}
