/** The node gave no answer that could be read. Whether it took the request is not known. */
export class NetworkUnreachable extends Error {
  constructor(method: string, cause: unknown) {
    super(`${method}: ${String(cause)}`, { cause });
    this.name = "NetworkUnreachable";
  }
}
