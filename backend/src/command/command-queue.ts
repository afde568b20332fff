import { Inject, Injectable } from "@nestjs/common";
import { DomainError } from "../chain/domain-error.ts";
import type { Config } from "../config/config.ts";
import { CONFIG } from "../config/config.module.ts";

/** Seconds. */
const retryAfter = 1;

/** How many commands this process has taken on and not brought to their end: a bound on what it promises. */
@Injectable()
export class CommandQueue {
  #size = 0;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  get isFull(): boolean {
    return this.#size >= this.config.commandQueue;
  }

  get size(): number {
    return this.#size;
  }

  /** @throws DomainError `Overloaded` */
  requireRoom(): void {
    if (this.isFull) throw new DomainError("Overloaded", { retryAfter });
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
}
