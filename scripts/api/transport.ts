import { setTimeout as sleep } from "node:timers/promises";
import { ApiProblem, ApiUnreachable } from "./api-problem.ts";

export type Query = Readonly<Record<string, string | number | undefined>>;

export interface Exchange {
  readonly method: "GET" | "POST" | "PUT";
  /** Below the root. */
  readonly path: string;
  /** `/api/v1` where nothing is said. */
  readonly root?: "/api/v1" | "/epcis";
  readonly query?: Query;
  readonly body?: unknown;
  readonly token?: string;
  /** Names the command: sent twice, it takes effect once. */
  readonly idempotencyKey?: string;
}

export interface TransportOptions {
  /** Milliseconds for one exchange, retries and waiting for the effect included. */
  readonly timeLimit?: number;
}

const tries = 3;

/** JSON over HTTP with a time limit; connections are kept alive between exchanges. */
export class Transport {
  readonly #timeLimit: number;

  constructor(
    /** Where the API is, without a path. */
    readonly url: string,
    { timeLimit = 60_000 }: TransportOptions = {},
  ) {
    this.#timeLimit = timeLimit;
  }

  /**
   * @throws ApiProblem if the request is refused
   * @throws ApiUnreachable if no answer comes in time
   */
  async send<T>(exchange: Exchange): Promise<T> {
    const deadline = Date.now() + this.#timeLimit;
    for (;;) {
      const response = await this.#respond(exchange, deadline);
      // The effect is still on its way: the same command again waits for it and does nothing twice.
      const isWhole = response.status !== 202 || exchange.root === "/epcis";
      if (isWhole) return this.#read<T>(exchange, response);
      await response.body?.cancel();
      await sleep(100);
    }
  }

  async #respond(exchange: Exchange, deadline: number): Promise<Response> {
    const isSafe = exchange.method === "GET" || exchange.idempotencyKey !== undefined;
    for (let attempt = 1; ; attempt++) {
      const left = deadline - Date.now();
      if (left <= 0) throw new ApiUnreachable(this.url, `no answer to ${named(exchange)} in time`);
      try {
        return await fetch(this.#address(exchange), {
          method: exchange.method,
          headers: headers(exchange),
          signal: AbortSignal.timeout(left),
          ...(exchange.body === undefined ? {} : { body: JSON.stringify(exchange.body) }),
        });
      } catch (error) {
        // A server may close a connection that it kept alive in the moment that it is used again.
        if (isSafe && attempt < tries && isBrokenConnection(error)) continue;
        throw new ApiUnreachable(this.url, reasonOf(error));
      }
    }
  }

  #address({ root = "/api/v1", path, query = {} }: Exchange): string {
    const given = Object.entries(query).filter(([, value]) => value !== undefined);
    const parameters = new URLSearchParams(
      given.map(([name, value]): [string, string] => [name, String(value)]),
    );
    const suffix = given.length === 0 ? "" : `?${parameters.toString()}`;
    return `${this.url}${root}${path}${suffix}`;
  }

  async #read<T>(exchange: Exchange, response: Response): Promise<T> {
    const text = await response.text();
    const body = parsed(text);
    if (response.ok && body !== undefined) return body as T;
    const problem =
      typeof body === "object" && body !== null ? body : { detail: text.slice(0, 200) };
    throw new ApiProblem(response.status, named(exchange), problem);
  }
}

function headers({ body, token, idempotencyKey }: Exchange): Record<string, string> {
  return {
    accept: "application/json",
    ...(body === undefined ? {} : { "content-type": "application/json" }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(idempotencyKey === undefined
      ? {}
      : { "idempotency-key": idempotencyKey, prefer: "wait=30" }),
  };
}

function named({ method, path }: Exchange): string {
  return `${method} ${path}`;
}

function parsed(text: string): unknown {
  try {
    return text === "" ? {} : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): string | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && "code" in cause ? String(cause.code) : undefined;
}

function isBrokenConnection(error: unknown): boolean {
  return ["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"].includes(codeOf(error) ?? "");
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === "TimeoutError") return "no answer in time";
  return codeOf(error) ?? (error instanceof Error ? error.message : String(error));
}
