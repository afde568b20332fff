import { randomUUID } from "node:crypto";
import { ApiProblem } from "./api-problem.ts";
import type { Caller } from "./caller.ts";
import { Transport, type Exchange, type Query, type TransportOptions } from "./transport.ts";

/** Whom a request is made for: a party by its id, the operator, or nobody in particular. */
export type Identity = `0x${string}` | "operator" | "anyone";

interface SandboxSession {
  readonly accessToken: string;
  readonly expiresAt: string;
}

interface Token {
  readonly value: string;
  /** Milliseconds, by this process's clock. */
  readonly renewAt: number;
}

/** Renewed this long before it expires. */
const margin = 60_000;

/** The HTTP API of a sandbox, where a party signs in by being picked. */
export class SandboxClient {
  readonly #transport: Transport;
  readonly #tokens = new Map<Identity, Promise<Token>>();

  /** @param given tokens of those who sign in otherwise, or by API key */
  constructor(
    url: string,
    options: TransportOptions = {},
    private readonly given: ReadonlyMap<Identity, string> = new Map(),
  ) {
    this.#transport = new Transport(url.replace(/\/+$/, ""), options);
  }

  get url(): string {
    return this.#transport.url;
  }

  /** Requests in the name of a party; it signs in with the first of them. */
  as(identity: Identity): Caller {
    return {
      get: (path, query) => this.#call(identity, "GET", path, { query }),
      post: (path, body = {}, key = randomUUID()) =>
        this.#call(identity, "POST", path, { body, key }),
      put: (path, body, key = randomUUID()) => this.#call(identity, "PUT", path, { body, key }),
    };
  }

  async #call<T>(
    identity: Identity,
    method: Exchange["method"],
    path: string,
    { query, body, key }: { query?: Query | undefined; body?: unknown; key?: string },
  ): Promise<T> {
    const send = async (): Promise<T> =>
      this.#transport.send<T>({
        method,
        path,
        ...(query === undefined ? {} : { query }),
        ...(body === undefined ? {} : { body }),
        ...(key === undefined ? {} : { idempotencyKey: key }),
        ...(identity === "anyone" ? {} : { token: await this.#token(identity) }),
      });
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 401) throw error;
      this.#tokens.delete(identity);
      return send();
    }
  }

  async #token(identity: Identity): Promise<string> {
    const given = this.given.get(identity);
    if (given !== undefined) return given;
    const known = await this.#tokens.get(identity);
    if (known !== undefined && Date.now() < known.renewAt) return known.value;
    const signingIn = this.#signIn(identity);
    this.#tokens.set(identity, signingIn);
    try {
      return (await signingIn).value;
    } catch (error) {
      this.#tokens.delete(identity);
      throw error;
    }
  }

  async #signIn(identity: Identity): Promise<Token> {
    const { accessToken, expiresAt } = await this.#transport.send<SandboxSession>({
      method: "POST",
      path: "/auth/sandbox",
      body: { party: identity },
    });
    return { value: accessToken, renewAt: Date.parse(expiresAt) - margin };
  }
}
