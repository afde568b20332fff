import { Logger } from "@nestjs/common";
import { Leadership, type Task } from "./leadership.ts";
import { ownName, PostgresSession } from "./postgres-session.ts";

/** Milliseconds between two tries to take what nobody holds. */
const interval = 500;

/**
 * Elects by advisory locks, one for each task, on one session: whoever gets it leads until its session ends, by itself
 * or because PostgreSQL has not heard of it.
 */
export class PostgresLeadership extends Leadership {
  readonly #log = new Logger("Leadership");
  readonly #sought = new Map<Task, (() => void)[]>();
  readonly #held = new Set<Task>();
  #session: PostgresSession | undefined;
  #campaign: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(private readonly url: string) {
    super();
  }

  override leads(task: Task): boolean {
    this.#seek(task);
    return this.#held.has(task) && this.#session?.isAlive === true;
  }

  override whenLeading(task: Task, begun: () => void): void {
    this.#seek(task).push(begun);
  }

  override async withdraw(): Promise<void> {
    this.#isOver = true;
    clearInterval(this.#timer);
    await this.#campaign;
    await this.#session?.close();
  }

  #seek(task: Task): (() => void)[] {
    let told = this.#sought.get(task);
    if (told === undefined) {
      told = [];
      this.#sought.set(task, told);
      this.#timer ??= setInterval(() => {
        this.#tryAll();
      }, interval).unref();
      this.#tryAll();
    }
    return told;
  }

  #tryAll(): void {
    this.#campaign ??= this.#take()
      .catch((error: unknown) => {
        this.#log.warn(`PostgreSQL cannot be asked who leads: ${String(error)}`);
      })
      .finally(() => (this.#campaign = undefined));
  }

  async #take(): Promise<void> {
    for (const [task, told] of this.#sought) {
      if (this.#held.has(task) || this.#isOver) continue;
      const session = (this.#session ??= await this.#open());
      const [answer] = await session.query<{ taken: boolean }>(
        `SELECT pg_try_advisory_lock(hashtextextended(${ownName("$1::text")}, 0)) AS taken`,
        [`sheaf.task.${task}`],
      );
      if (answer?.taken !== true || !session.isAlive) continue;
      this.#held.add(task);
      this.#log.log(`This process is the ${task} now.`);
      for (const begun of told) begun();
    }
  }

  async #open(): Promise<PostgresSession> {
    const session = await PostgresSession.open(this.url, `sheaf leadership ${process.pid}`);
    session.whenOver(() => {
      if (this.#session === session) this.#session = undefined;
      if (this.#held.size > 0 && !this.#isOver) {
        this.#log.warn(`No longer ${[...this.#held].join(", ")}: the session is over.`);
      }
      this.#held.clear();
    });
    return session;
  }
}
