import { Inject, Injectable } from "@nestjs/common";
import type { Actor } from "../auth/actor.ts";
import { DomainError } from "../chain/domain-error.ts";
import type { Config } from "../config/config.ts";
import { CONFIG } from "../config/config.module.ts";
import { Counts } from "./counts.ts";

/** Seconds. */
const retryAfter = 1;

/** Commands of one key that wait for its wallet. */
const mostUnsigned = 100;

/** How much this process has taken on and not brought to its end: a bound on what it promises, to all and to each. */
@Injectable()
export class CommandQueue {
  #size = 0;
  readonly #commands = new Counts();
  readonly #requests = new Counts();
  readonly #unsigned = new Counts();

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  get isFull(): boolean {
    return this.#size >= this.config.commandQueue;
  }

  get size(): number {
    return this.#size;
  }

  /**
   * @param by whose command it is to be
   * @throws DomainError `Overloaded`, `TooManyCommands`, `TooManyUnsigned`
   */
  requireRoom({ id, key }: Actor): void {
    if (this.isFull) throw new DomainError("Overloaded", { retryAfter });
    this.#requireShare(this.#commands, id);
    if (this.#unsigned.of(key) >= mostUnsigned) {
      throw new DomainError("TooManyUnsigned", { account: key, most: mostUnsigned });
    }
  }

  /**
   * Counts a party's request for a change until it is answered, whatever it waits for.
   * @throws DomainError `TooManyCommands`
   */
  async answering<T>(party: string, work: () => Promise<T>): Promise<T> {
    this.#requireShare(this.#requests, party);
    return this.#requests.during(party, work);
  }

  /** Counts a party's command in until `work` ends. */
  async hold<T>(party: string, work: () => Promise<T>): Promise<T> {
    this.#size += 1;
    try {
      return await this.#commands.during(party, work);
    } finally {
      this.#size -= 1;
    }
  }

  /** Counts `work` in with what a person has to sign: no work of this process, and bounded for each key by itself. */
  holdUnsigned<T>(key: string, work: Promise<T>): Promise<T> {
    return this.#unsigned.during(key, () => work);
  }

  /** No party has all of the room. */
  #requireShare(counts: Counts, party: string): void {
    const most = this.config.commandsOfParty;
    if (counts.of(party) >= most) throw new DomainError("TooManyCommands", { most, retryAfter });
  }
}
