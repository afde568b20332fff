import { Client, DatabaseError, type QueryResultRow } from "pg";

const beat = 1000;
/** Milliseconds without an answer after which this process no longer counts on the session. */
const patience = 4000;
/** Milliseconds of silence after which PostgreSQL ends the session: more, so that it is given up before it is gone. */
const silence = 6000;

/**
 * SQL for what the deployment calls something among all that share a database: schemas of one database have their own.
 * @param name an expression of SQL
 */
export function ownName(name: string): string {
  // In the schema that everybody has it is what it was before schemas were told apart, so that old and new can share it.
  return `CASE WHEN current_schema() = 'public' THEN ${name} ELSE ${name} || '.' || md5(current_schema()) END`;
}

/**
 * A connection of its own whose advisory locks last as long as it does. It is kept alive by a sign of life each second:
 * a process that stands still, or is cut off, loses its locks within 6 s, and knows so before another gets them.
 */
export class PostgresSession {
  readonly #client: Client;
  #heard = Date.now();
  #turn: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #isOver = false;
  #timer: NodeJS.Timeout | undefined;
  readonly #told: (() => void)[] = [];

  private constructor(url: string, name: string) {
    this.#client = new Client({
      connectionString: url,
      application_name: name,
      connectionTimeoutMillis: patience,
      keepAlive: true,
    });
  }

  /** @param name as `pg_stat_activity` shows it */
  static async open(url: string, name: string): Promise<PostgresSession> {
    const session = new PostgresSession(url, name);
    const client = session.#client;
    client.on("error", () => {
      session.#end();
    });
    client.on("end", () => {
      session.#end();
    });
    try {
      await client.connect();
      await session.query(`SET idle_session_timeout = ${silence}`);
      // A wait for a lock ends in between, so that there is a sign of life.
      await session.query(`SET lock_timeout = ${patience / 2}`);
    } catch (error) {
      session.#end();
      throw error;
    }
    session.#timer = setInterval(() => {
      session.#beat();
    }, beat).unref();
    return session;
  }

  /** Whether its locks are still its own. */
  get isAlive(): boolean {
    return !this.#isOver && Date.now() - this.#heard < patience;
  }

  whenOver(told: () => void): void {
    this.#told.push(told);
  }

  onNotice(listener: (payload: string) => void): void {
    this.#client.on("notification", ({ payload }) => {
      listener(payload ?? "");
    });
  }

  /** One after another, in the order of asking. */
  query<Row extends QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    this.#waiting += 1;
    const rows = this.#turn.then(() => this.#ask<Row>(text, values));
    this.#turn = rows.then(
      () => (this.#waiting -= 1),
      () => (this.#waiting -= 1),
    );
    return rows;
  }

  async #ask<Row extends QueryResultRow>(text: string, values: unknown[]): Promise<Row[]> {
    const asked = Date.now();
    try {
      const { rows } = await this.#client.query<Row>(text, values);
      this.#heardAfter(asked);
      return rows;
    } catch (error) {
      // A refusal is an answer too.
      if (error instanceof DatabaseError) this.#heardAfter(asked);
      throw error;
    }
  }

  /** PostgreSQL was there after it was asked; how long after, nobody knows. */
  #heardAfter(asked: number): void {
    this.#heard = Math.max(this.#heard, asked);
  }

  /** Its locks are free from then on. */
  async close(): Promise<void> {
    this.#end();
    await this.#client.end().catch(() => undefined);
  }

  #beat(): void {
    if (!this.isAlive) {
      this.#end();
      return;
    }
    if (this.#waiting === 0) this.query("SELECT 1").catch(() => undefined);
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearInterval(this.#timer);
    // What is asked on it and not answered must not be waited for.
    void this.#client.end().catch(() => undefined);
    for (const told of this.#told) told();
  }
}
