import type { EntityManager } from "typeorm";
import type { Cursor } from "./cursor.ts";

/** What happens to the read model, for those who wait for it. */
export interface ProjectionListener {
  projected?(cursor: Cursor): void;
  undone?(to: Cursor): void;
  /** Within the transaction that brings the read model back, in the process that does so; perhaps more than once. */
  undoing?(manager: EntityManager, to: Cursor): Promise<void>;
}

/** Those who want to know how far the read model is. */
export class Followers {
  readonly #listeners = new Set<ProjectionListener>();
  #waiting: { readonly block: number; readonly resolve: () => void }[] = [];

  /** @returns how to stop listening */
  listen(listener: ProjectionListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves when a block has been projected that is not before this one. */
  waitFor(block: number): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ block, resolve });
    });
  }

  projected(cursor: Cursor): void {
    const due = this.#waiting.filter(({ block }) => block <= cursor.block);
    if (due.length > 0) {
      this.#waiting = this.#waiting.filter(({ block }) => block > cursor.block);
      for (const { resolve } of due) resolve();
    }
    for (const listener of this.#listeners) listener.projected?.(cursor);
  }

  undone(to: Cursor): void {
    for (const listener of this.#listeners) listener.undone?.(to);
  }

  async undoing(manager: EntityManager, to: Cursor): Promise<void> {
    for (const listener of this.#listeners) await listener.undoing?.(manager, to);
  }

  /** Tells nobody any more; who waits for a block goes on waiting. */
  dismissListeners(): void {
    this.#listeners.clear();
  }
}
