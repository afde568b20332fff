import { Injectable } from "@nestjs/common";
import { Database } from "../database/database.ts";
import type { Command } from "./command.entity.ts";
import { settled } from "./outbox.ts";
import { Unsettled } from "./unsettled.ts";

/** A query takes a limited number of parameters. */
const askedAtOnce = 500;

/** Tells those who wait that commands are mined or have failed, whichever process has seen to it. */
@Injectable()
export class Settlements {
  readonly #waiting = new Map<string, ((command: Command) => void)[]>();

  constructor(
    private readonly unsettled: Unsettled,
    private readonly database: Database,
  ) {}

  /** Hears what other processes have settled. */
  listen(): void {
    this.database.bulletin.hear("settled", (id) => {
      if (this.#waiting.has(id)) void this.#askAbout([id]);
    });
  }

  /** Resolves when the command is mined or has failed. */
  async when(command: Command): Promise<Command> {
    if (settled.includes(command.state)) return command;
    const later = new Promise<Command>((resolve) => {
      this.#waiting.set(command.id, [...(this.#waiting.get(command.id) ?? []), resolve]);
    });
    await this.#askAbout([command.id]);
    return later;
  }

  /** Of a command that is settled, to all who wait in any process. */
  tell(command: Command): Command {
    this.#tellHere(command);
    void this.database.bulletin.announce("settled", command.id);
    return command;
  }

  /** What another process has settled and did not get to say. */
  askAboutAll(): Promise<void> {
    return this.#askAbout([...this.#waiting.keys()]);
  }

  #tellHere(command: Command): void {
    for (const resolve of this.#waiting.get(command.id) ?? []) resolve(command);
    this.#waiting.delete(command.id);
  }

  async #askAbout(ids: readonly string[]): Promise<void> {
    for (let from = 0; from < ids.length; from += askedAtOnce) {
      const some = ids.slice(from, from + askedAtOnce);
      const known = await this.unsettled.settledOf(some).catch(() => []);
      for (const command of known) this.#tellHere(command);
    }
  }
}
