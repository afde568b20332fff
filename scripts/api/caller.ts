import type { Query } from "./transport.ts";

/** Somebody who calls the API; paths are below `/api/v1`. Refusals are thrown as `ApiProblem`. */
export interface Caller {
  get(path: string, query?: Query): Promise<unknown>;

  /** @param key the command's idempotency key; a new one where none is given */
  post(path: string, body?: unknown, key?: string): Promise<unknown>;

  /** As `post`, for what replaces something. */
  put(path: string, body: unknown, key?: string): Promise<unknown>;
}
