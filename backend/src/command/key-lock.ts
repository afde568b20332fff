/** The port to the lock that lets one worker at a time use a signing key. */
export abstract class KeyLock {
  /** Runs `work` when nobody else uses the key, in the order of asking. */
  abstract exclusively<T>(key: string, work: () => Promise<T>): Promise<T>;
}

/** For one process. */
export class ProcessKeyLock extends KeyLock {
  readonly #turns = new Map<string, Promise<unknown>>();

  override exclusively<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(key) ?? Promise.resolve();
    const result = before.then(work);
    const turn = result
      .catch(() => undefined)
      .then(() => {
        if (this.#turns.get(key) === turn) this.#turns.delete(key);
      });
    this.#turns.set(key, turn);
    return result;
  }
}
