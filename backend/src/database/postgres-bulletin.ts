import { Logger } from "@nestjs/common";
import type { EntityManager } from "typeorm";
import { Bulletin, type Topic } from "./bulletin.ts";
import { ownName, PostgresSession } from "./postgres-session.ts";

const channel = ownName("'sheaf'");
const notify = `SELECT pg_notify(${channel}, $1)`;
const retry = 500;

/** LISTEN and NOTIFY, on a session of its own. */
export class PostgresBulletin extends Bulletin {
  readonly #log = new Logger("Bulletin");
  readonly #listeners = new Map<Topic, ((text: string) => void)[]>();
  #session: Promise<PostgresSession> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(private readonly url: string) {
    super();
  }

  override async announce(topic: Topic, text: string, manager?: EntityManager): Promise<void> {
    const values = [`${topic} ${text}`];
    if (manager !== undefined) {
      await manager.query(notify, values);
      return;
    }
    try {
      const session = await this.#connected();
      await session.query(notify, values);
    } catch {
      // Those who wait for it look for themselves.
    }
  }

  override hear(topic: Topic, listener: (text: string) => void): void {
    this.#listeners.set(topic, [...(this.#listeners.get(topic) ?? []), listener]);
    this.#connected().catch(() => undefined);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    const session = await this.#session?.catch(() => undefined);
    await session?.close();
  }

  #connected(): Promise<PostgresSession> {
    this.#session ??= this.#listen();
    return this.#session;
  }

  async #listen(): Promise<PostgresSession> {
    try {
      const session = await PostgresSession.open(this.url, `sheaf bulletin ${process.pid}`);
      session.whenOver(() => {
        this.#again();
      });
      session.onNotice((payload) => {
        const space = payload.indexOf(" ");
        const topic = payload.slice(0, space) as Topic;
        for (const listener of this.#listeners.get(topic) ?? []) listener(payload.slice(space + 1));
      });
      const [row] = await session.query<{ name: string }>(`SELECT ${channel} AS name`);
      await session.query(`LISTEN "${row?.name ?? ""}"`);
      return session;
    } catch (error) {
      this.#log.warn(`What other processes say is not heard: ${String(error)}`);
      this.#again();
      throw error;
    }
  }

  #again(): void {
    this.#session = undefined;
    if (this.#isClosed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#connected().catch(() => undefined);
    }, retry).unref();
  }
}
