/** A lock that is held, as far as anybody can know. */
export interface Hold {
  /** False from when the lock may be another's: what is under way then must not go on to do what it protects. */
  readonly isHeld: boolean;
}

/** Locks by name, among all processes that share a database. */
export abstract class Locks {
  /** Runs `work` when nobody else holds the lock, in the order of asking within this process. */
  abstract exclusively<T>(name: string, work: (hold: Hold) => Promise<T>): Promise<T>;
}

const held: Hold = { isHeld: true };

/** For one process. */
export class ProcessLocks extends Locks {
  readonly #turns = new Map<string, Promise<unknown>>();

  override exclusively<T>(name: string, work: (hold: Hold) => Promise<T>): Promise<T> {
    const before = this.#turns.get(name) ?? Promise.resolve();
    const result = before.then(() => work(held));
    const turn = result
      .catch(() => undefined)
      .then(() => {
        if (this.#turns.get(name) === turn) this.#turns.delete(name);
      });
    this.#turns.set(name, turn);
    return result;
  }
}
