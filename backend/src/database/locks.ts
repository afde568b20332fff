/**
 * Locks by name, among all processes that share a database. They keep processes out of each other's way, and no more: a
 * lock can be lost to another one while `work` runs, so what is right is decided by the rows that it writes.
 */
export abstract class Locks {
  /** Runs `work` when nobody else holds the lock, in the order of asking within this process. */
  abstract exclusively<T>(name: string, work: () => Promise<T>): Promise<T>;
}

/** For one process. */
export class ProcessLocks extends Locks {
  readonly #turns = new Map<string, Promise<unknown>>();

  override exclusively<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(name) ?? Promise.resolve();
    const result = before.then(() => work());
    const turn = result
      .catch(() => undefined)
      .then(() => {
        if (this.#turns.get(name) === turn) this.#turns.delete(name);
      });
    this.#turns.set(name, turn);
    return result;
  }
}
