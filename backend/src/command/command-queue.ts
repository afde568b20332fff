import { Inject, Injectable } from "@nestjs/common";
import { DomainError } from "../chain/domain-error.ts";
import type { Config } from "../config/config.ts";
import { CONFIG } from "../config/config.module.ts";

/** Seconds. */
const retryAfter = 1;

/** Commands of one key that wait for its wallet. */
const mostUnsigned = 100;

/** How many commands this process has taken on and not brought to their end: a bound on what it promises. */
@Injectable()
export class CommandQueue {
  #size = 0;
  readonly #unsigned = new Map<string, number>();

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  get isFull(): boolean {
    return this.#size >= this.config.commandQueue;
  }

  get size(): number {
    return this.#size;
  }

  /**
   * @param key that is to sign
   * @throws DomainError `Overloaded`, `TooManyUnsigned`
   */
  requireRoom(key: string): void {
    if (this.isFull) throw new DomainError("Overloaded", { retryAfter });
    if ((this.#unsigned.get(key) ?? 0) >= mostUnsigned) {
      throw new DomainError("TooManyUnsigned", { account: key, most: mostUnsigned });
    }
  }

  /** Counts `work` in until it ends. */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    this.#size += 1;
    try {
      return await work();
    } finally {
      this.#size -= 1;
    }
  }

  /** Counts `work` in with what a person has to sign: no work of this process, and bounded for each key by itself. */
  async holdUnsigned<T>(key: string, work: Promise<T>): Promise<T> {
    this.#unsigned.set(key, (this.#unsigned.get(key) ?? 0) + 1);
    try {
      return await work;
    } finally {
      const left = (this.#unsigned.get(key) ?? 1) - 1;
      if (left === 0) this.#unsigned.delete(key);
      else this.#unsigned.set(key, left);
    }
  }
}
