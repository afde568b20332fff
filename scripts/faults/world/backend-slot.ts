import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { startBackend } from "../../sandbox/backend.ts";
import { isSeldom, type Fate } from "../plan/kill-plan.ts";
import type { Death, Deaths } from "./deaths.ts";
import type { Progress } from "./progress.ts";

export interface SlotOptions {
  readonly port: number;
  readonly environment: Readonly<Record<string, string>>;
  /** File descriptor that takes what the processes say. */
  readonly output: number;
  readonly progress: Progress;
  readonly deaths: Deaths;
  /** How the next process is to end; undefined: not at all. */
  readonly nextFate: () => Fate | undefined;
  /** After so much a process is killed that has not come to its point: commands, or milliseconds. */
  readonly patience: { readonly commands: number; readonly ms: number };
}

/** One backend and its successors: whenever it dies, the next is started, as a supervisor would. */
export class BackendSlot {
  readonly pids: number[] = [];
  readonly #options: SlotOptions;
  #child: ChildProcess | undefined;
  #ordered: Fate | undefined;
  #diedAt: number | undefined;
  #closing = false;
  #wasKilled = false;
  #ready = Promise.withResolvers<undefined>();
  #running: Promise<void> = Promise.resolve();

  constructor(options: SlotOptions) {
    this.#options = options;
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.#options.port)}`;
  }

  start(): void {
    this.#running = this.#superviseAll();
  }

  /** Resolves when a process is ready. */
  get ready(): Promise<unknown> {
    return this.#ready.promise;
  }

  /** Kills the process; the next has this fate and no other, and nothing is done until it is ready. */
  async replace(fate: Fate | undefined): Promise<void> {
    this.#ordered = fate;
    this.#ready = Promise.withResolvers();
    this.#kill();
    await this.ready;
  }

  /** Stops it for good, in the ordinary way. */
  async stop(): Promise<void> {
    this.#closing = true;
    const child = this.#child;
    child?.kill("SIGTERM");
    const late = setTimeout(() => child?.kill("SIGKILL"), 15_000);
    await this.#running;
    clearTimeout(late);
  }

  async #superviseAll(): Promise<void> {
    for (;;) {
      const fate = this.#ordered ?? this.#options.nextFate();
      this.#ordered = undefined;
      const death = await this.#live(fate);
      if (this.#isClosing()) return;
      this.#diedAt ??= Date.now();
      this.#options.deaths.all.push(death);
      if (death.kind === "notStarted") await sleep(100);
    }
  }

  async #live(fate: Fate | undefined): Promise<Death> {
    const { port, environment, output } = this.#options;
    const over = new AbortController();
    this.#wasKilled = false;
    let wasReady = false;
    let exited: Promise<unknown> = Promise.resolve();
    const kill = (): void => {
      if (!over.signal.aborted) this.#kill();
    };
    const begun = (child: ChildProcess): void => {
      this.#child = child;
      if (child.pid !== undefined) this.pids.push(child.pid);
      exited = once(child, "exit").then(() => {
        if (child.pid !== undefined) this.#options.deaths.hasEnded(child.pid);
        over.abort();
      });
      if (fate?.kind === "newborn") setTimeout(kill, fate.afterMs).unref();
    };
    const crash = fate?.kind === "point" ? `${fate.at.point}:${String(fate.at.nth)}` : "";
    try {
      await startBackend(port, { ...environment, CRASH_AT: crash }, { output, begun });
      wasReady = true;
      if (this.#child?.pid !== undefined) this.#options.deaths.isReady(this.#child.pid);
      this.#recovered();
      if (fate !== undefined) void this.#end(fate, over.signal).then(kill);
    } catch {
      // How it ended tells the rest.
    }
    await exited;
    return this.#deathOf(fate, wasReady);
  }

  #deathOf(fate: Fate | undefined, wasReady: boolean): Death {
    const point = fate?.kind === "point" ? fate.at.point : undefined;
    if (this.#wasKilled)
      return point === undefined ? { kind: "killed" } : { kind: "killed", missed: point };
    if (this.#child?.signalCode === "SIGKILL" && point !== undefined)
      return { kind: "point", point };
    return wasReady
      ? { kind: "collapsed", code: this.#child?.exitCode ?? null }
      : { kind: "notStarted" };
  }

  #isClosing(): boolean {
    return this.#closing;
  }

  #kill(): void {
    this.#wasKilled = true;
    this.#child?.kill("SIGKILL");
  }

  #recovered(): void {
    if (this.#diedAt !== undefined) this.#options.deaths.recoveries.push(Date.now() - this.#diedAt);
    this.#diedAt = undefined;
    this.#ready.resolve(undefined);
  }

  /** When a process that is ready has had its time. */
  async #end(fate: Fate, signal: AbortSignal): Promise<void> {
    const { progress, patience } = this.#options;
    const wait = (ms: number): Promise<unknown> =>
      sleep(ms, undefined, { signal, ref: false }).catch(() => undefined);
    if (fate.kind === "newborn") return progress.more(Infinity);
    const times = fate.kind === "point" && isSeldom(fate.at.point) ? 4 : 1;
    const commands = fate.kind === "random" ? fate.afterCommands : times * patience.commands;
    await Promise.race([progress.more(commands), wait(times * patience.ms)]);
    if (fate.kind === "random") await wait(fate.afterMs);
  }
}
