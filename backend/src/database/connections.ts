import type { DataSource, EntityManager } from "typeorm";
import type { Bulletin } from "./bulletin.ts";
import type { Leadership } from "./leadership.ts";
import type { Locks } from "./locks.ts";

/** `snapshot`: sees one state from first to last, and fails where another has changed a row that it changes. */
export type Isolation = "serializable" | "snapshot";

/** What a kind of database has to give. */
export interface Connections {
  readonly reader: DataSource;
  /** Rows of committed states, each the values of its columns in their order. */
  select(text: string, values: readonly unknown[]): Promise<unknown[][]>;
  readonly leadership: Leadership;
  readonly locks: Locks;
  readonly bulletin: Bulletin;
  transaction<T>(work: (manager: EntityManager) => Promise<T>, isolation: Isolation): Promise<T>;
  close(): Promise<void>;
}
