import { DatabaseError } from "pg";
import { Locks, ProcessLocks } from "./locks.ts";
import { ownName, PostgresSession } from "./postgres-session.ts";

/** Locks that a process holds at once. */
const most = 8;
const lockNotAvailable = "55P03";

/** Advisory locks, each on a session of its own while it is held; PostgreSQL lets processes in as they come. */
export class PostgresLocks extends Locks {
  readonly #turns = new ProcessLocks();
  readonly #free: PostgresSession[] = [];
  readonly #waiting: (() => void)[] = [];
  #inUse = 0;
  #isClosed = false;

  constructor(private readonly url: string) {
    super();
  }

  override exclusively<T>(name: string, work: () => Promise<T>): Promise<T> {
    return this.#turns.exclusively(name, async () => {
      await this.#place();
      try {
        return await this.#locked(name, work);
      } finally {
        this.#leave();
      }
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const session of this.#free.splice(0)) await session.close();
  }

  async #locked<T>(name: string, work: () => Promise<T>): Promise<T> {
    const session = await this.#session();
    try {
      await lock(session, name);
      return await work();
    } finally {
      await this.#release(session);
    }
  }

  async #release(session: PostgresSession): Promise<void> {
    try {
      await session.query("SELECT pg_advisory_unlock_all()");
      if (this.#isClosed) await session.close();
      else this.#free.push(session);
    } catch {
      // Whatever it holds is free then.
      await session.close();
    }
  }

  async #session(): Promise<PostgresSession> {
    for (let free = this.#free.pop(); free !== undefined; free = this.#free.pop()) {
      if (free.isAlive) return free;
    }
    return PostgresSession.open(this.url, `sheaf lock ${process.pid}`);
  }

  async #place(): Promise<void> {
    if (this.#inUse < most) this.#inUse += 1;
    else {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
  }

  /** To the next one who waits, if there is one. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#inUse -= 1;
    else next();
  }
}

async function lock(session: PostgresSession, name: string): Promise<void> {
  for (;;) {
    try {
      await session.query(`SELECT pg_advisory_lock(hashtextextended(${ownName("$1::text")}, 0))`, [
        `sheaf.lock.${name}`,
      ]);
      return;
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.code !== lockNotAvailable) throw error;
    }
  }
}
