import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../sandbox/port.ts";
import type { Fate, KillPlan } from "../plan/kill-plan.ts";
import { BackendSlot } from "./backend-slot.ts";
import { Deaths } from "./deaths.ts";
import type { Progress } from "./progress.ts";

export interface FleetOptions {
  readonly processes: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Where what the processes say is kept. */
  readonly folder: string;
  readonly kills: KillPlan;
  readonly progress: Progress;
}

/** The backends of a campaign: each in a process of its own, on one database, killed and started again. */
export class Fleet {
  readonly deaths = new Deaths();
  readonly #slots: BackendSlot[] = [];
  readonly #fates: Iterator<Fate>;
  readonly #output: number;
  #calm = true;
  #stopped = false;

  private constructor(private readonly options: FleetOptions) {
    this.#fates = options.kills.fates.values();
    this.#output = openSync(join(options.folder, "backend.log"), "a");
  }

  /** Starts all and waits until they are ready; nobody is killed before `unleash`. */
  static async start(options: FleetOptions): Promise<Fleet> {
    const fleet = new Fleet(options);
    const { processes, environment, kills, progress } = options;
    for (let index = 0; index < processes; index++) {
      const slot = new BackendSlot({
        port: await freePort(0, "PORT"),
        environment,
        output: fleet.#output,
        progress,
        deaths: fleet.deaths,
        nextFate: () => fleet.#nextFate(),
        patience: { commands: 3 * kills.spacing * processes, ms: 12_000 * processes },
      });
      fleet.#slots.push(slot);
      slot.start();
      await slot.ready;
    }
    return fleet;
  }

  get urls(): readonly string[] {
    return this.#slots.map(({ url }) => url);
  }

  /** Every process that there ever was. */
  get pids(): readonly number[] {
    return this.#slots.flatMap(({ pids }) => pids);
  }

  /** From here on processes have the fates that are planned. */
  async unleash(): Promise<void> {
    this.#calm = false;
    await Promise.all(this.#slots.map((slot) => slot.replace(this.#nextFate())));
  }

  /** Kills all; the next ones have this fate. */
  async replaceAll(fate: Fate): Promise<void> {
    await Promise.all(this.#slots.map((slot) => slot.replace(fate)));
  }

  /** From here on nobody is killed any more; those that are to die are replaced. */
  async calm(): Promise<void> {
    this.#calm = true;
    await Promise.all(this.#slots.map((slot) => slot.replace(undefined)));
  }

  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    await Promise.all(this.#slots.map((slot) => slot.stop()));
    closeSync(this.#output);
  }

  #nextFate(): Fate | undefined {
    return this.#calm ? undefined : (this.#fates.next().value as Fate | undefined);
  }
}
