import { join } from "node:path";
import { Database } from "../../../backend/src/database/database.ts";
import { schema } from "../../../backend/src/schema.ts";
import { PostgresServer } from "../../postgres/server.ts";
import { Seeded } from "../../random/seeded.ts";
import {
  commitFaults,
  startPostgresProxy,
  type CommitFault,
  type PostgresProxy,
} from "../proxy/postgres-proxy.ts";

/** Of a thousand COMMITs. */
const cutPerMille = 12n;

/** Where the backends of a campaign keep their rows. */
export interface Store {
  readonly environment: Readonly<Record<string, string>>;
  /** PostgreSQL's own address, past whatever cuts connections; undefined for SQLite. */
  readonly url: string | undefined;
  /** Connections that were cut, by when. */
  readonly met: ReadonlyMap<CommitFault, number>;
  /** No more cuts. */
  calm(): void;
  /** Opens what the backends left, past whatever cuts connections. */
  open(): Promise<Database>;
  close(): Promise<void>;
}

/** SQLite in a file: its connection cannot be cut, and its backends die around COMMIT instead. */
export function sqliteStore(folder: string): Store {
  const dataDir = join(folder, "live");
  return {
    environment: {},
    url: undefined,
    met: new Map(),
    calm: () => undefined,
    open: () => Database.open({ ...schema, dataDir, durable: false }),
    close: () => Promise.resolve(),
  };
}

/** A PostgreSQL of the campaign's own, behind a door that is cut now and then before or after COMMIT. */
export async function postgresStore(folder: string, seed: number): Promise<Store> {
  const server = await PostgresServer.start();
  let proxy: PostgresProxy | undefined;
  try {
    const url = await server.createDatabase();
    const cuts = new CommitCuts(new Seeded(seed));
    const { port } = new URL(url);
    proxy = await startPostgresProxy({ host: "127.0.0.1", port: Number(port) }, () => cuts.next());
    const door = new URL(url);
    door.port = String(proxy.port);
    const { met, close } = proxy;
    return {
      met,
      url,
      environment: { DATABASE_URL: door.href },
      calm: () => {
        cuts.calm();
      },
      open: () => Database.open({ ...schema, dataDir: join(folder, "live"), url, durable: false }),
      close: async () => {
        await close();
        await server.stop();
      },
    };
  } catch (error) {
    await proxy?.close();
    await server.stop();
    throw error;
  }
}

class CommitCuts {
  #isCalm = false;

  constructor(private readonly random: Seeded) {}

  calm(): void {
    this.#isCalm = true;
  }

  next(): CommitFault | undefined {
    const isCut = this.random.below(1000n) < cutPerMille;
    const fault = this.random.pick(commitFaults);
    return isCut && !this.#isCalm ? fault : undefined;
  }
}
