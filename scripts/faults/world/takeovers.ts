import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import type { Obituaries } from "./deaths.ts";

const interval = 50;
const tasks = ["projector", "sweeper", "webhooks", "anchorer"];

/** Which process leads which task; the application's name ends in its id. */
const leaders = `
  SELECT task, substring(a.application_name FROM '\\d+$')::int AS pid
  FROM unnest($1::text[]) AS task
  JOIN pg_locks l ON l.locktype = 'advisory' AND l.granted
    AND (l.classid::bigint << 32) | l.objid::bigint = hashtextextended('sheaf.task.' || task, 0)
  JOIN pg_stat_activity a ON a.pid = l.pid`;

/**
 * Watches PostgreSQL's own locks: how long after the death of a task's leader another process has the task, where that
 * one was up when it happened. What a process needs to start is not in it.
 */
export class Takeovers {
  /** Milliseconds. */
  readonly times: number[] = [];
  readonly #leaders = new Map<string, number>();
  readonly #running: Promise<void>;
  #isOver = false;

  /** @param url the server's own, past whatever cuts connections */
  constructor(
    url: string,
    private readonly deaths: Obituaries,
  ) {
    this.#running = this.#watch(url);
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#running;
  }

  async #watch(url: string): Promise<void> {
    const client = new Client({ connectionString: url });
    client.on("error", () => undefined);
    await client.connect();
    try {
      while (!this.#isOver) {
        const { rows } = await client.query<{ task: string; pid: number }>(leaders, [tasks]);
        for (const { task, pid } of rows) this.#leads(task, pid);
        await sleep(interval);
      }
    } finally {
      await client.end();
    }
  }

  #leads(task: string, pid: number): void {
    const before = this.#leaders.get(task);
    this.#leaders.set(task, pid);
    if (before === undefined || before === pid) return;
    const death = this.deaths.endOf(before);
    // A session that was cut changes the leader, too; and where nobody else has lived on, it took as long as a start.
    if (death !== undefined && this.deaths.wasUp(pid, death)) this.times.push(Date.now() - death);
  }
}
