import type { DataSource, EntityManager } from "typeorm";

/** `snapshot`: sees one state from first to last, and fails where another has changed a row that it changes. */
export type Isolation = "serializable" | "snapshot";

/** What a kind of database has to give. */
export interface Connections {
  readonly reader: DataSource;
  transaction<T>(work: (manager: EntityManager) => Promise<T>, isolation: Isolation): Promise<T>;
  close(): Promise<void>;
}
