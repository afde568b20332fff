/** A node that is asked too often. */
export class TooManyRequests extends Error {
  /** @param retryAfter milliseconds that it wants to be left alone for */
  constructor(
    message: string,
    readonly retryAfter: number,
  ) {
    super(message);
  }
}

/** The node gave no answer that could be read. Whether it took the request is not known. */
export class NetworkUnreachable extends Error {
  constructor(method: string, cause: unknown) {
    super(`${method}: ${String(cause)}`, { cause });
    this.name = "NetworkUnreachable";
  }

  /** Milliseconds that a node wants to be left alone for, where it said so. */
  get retryAfter(): number {
    return this.cause instanceof TooManyRequests ? this.cause.retryAfter : 0;
  }
}
