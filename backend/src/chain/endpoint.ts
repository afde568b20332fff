import { once } from "node:events";
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { NetworkUnreachable, TooManyRequests } from "./network-unreachable.ts";

export interface RpcRequest {
  readonly jsonrpc: "2.0";
  readonly id: number;
  readonly method: string;
  readonly params: unknown;
}

interface RpcRefusal {
  readonly code: number;
  readonly message?: string;
  readonly data?: unknown;
}

export interface RpcAnswer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: RpcRefusal;
}

/** What a node has to be, so that what it says counts. */
export interface ChainIdentity {
  /** 0 for any. */
  readonly chainId: number;
  readonly genesisHash?: string;
}

/** Failures in a row after which a node is left alone for a while. */
const tolerated = 3;
const shortestRest = 1000;
const longestRest = 30_000;

/**
 * One node's JSON-RPC over HTTP. What is no answer to just this question (another id, half of a JSON, an error page, too
 * late, from another chain) is a failure; after some in a row the node is left alone, and longer each time.
 */
export class Endpoint {
  readonly #url: URL;
  readonly #agent: HttpAgent;
  readonly #ask: typeof httpRequest;
  #nextId = 1;
  #known = false;
  #failures = 0;
  #restsUntil = 0;

  /** @param timeout milliseconds */
  constructor(
    url: string,
    private readonly identity: ChainIdentity,
    private readonly timeout: number,
  ) {
    this.#url = new URL(url);
    const isSecure = this.#url.protocol === "https:";
    this.#agent = new (isSecure ? HttpsAgent : HttpAgent)({ keepAlive: true });
    this.#ask = isSecure ? httpsRequest : httpRequest;
  }

  /** Where it is, without what an address may hold of secrets. */
  get name(): string {
    return this.#url.host;
  }

  /** Milliseconds since the epoch: not to be asked before, where another node can be. */
  get restsUntil(): number {
    return this.#restsUntil;
  }

  /**
   * The answers in the order of the requests, which it gets as one.
   * @throws NetworkUnreachable
   */
  async ask(requests: readonly RpcRequest[]): Promise<RpcAnswer[]> {
    try {
      await this.#recognise();
      const answers = await this.#exchange(requests);
      this.#failures = 0;
      this.#restsUntil = 0;
      return answers;
    } catch (error) {
      this.#failed();
      throw error;
    }
  }

  destroy(): void {
    this.#agent.destroy();
  }

  /** A node that was away may have come back as another one. */
  #failed(): void {
    this.#known = false;
    this.#failures += 1;
    const over = this.#failures - tolerated;
    if (over >= 0) this.#restsUntil = Date.now() + Math.min(shortestRest * 2 ** over, longestRest);
  }

  async #recognise(): Promise<void> {
    const { chainId, genesisHash } = this.identity;
    if (this.#known || chainId === 0) return;
    const [chain, genesis] = await this.#exchange([
      { jsonrpc: "2.0", id: 1, method: "eth_chainId", params: [] },
      { jsonrpc: "2.0", id: 2, method: "eth_getBlockByNumber", params: ["0x0", false] },
    ]);
    const found = Number(chain?.result);
    const hash = (genesis?.result as { readonly hash?: unknown } | null | undefined)?.hash;
    if (found !== chainId || (genesisHash !== undefined && hash !== genesisHash)) {
      const is = `is chain ${String(found)} from ${String(hash)}`;
      throw new NetworkUnreachable("eth_chainId", `${this.name} ${is}, not chain ${chainId}`);
    }
    this.#known = true;
  }

  async #exchange(requests: readonly RpcRequest[]): Promise<RpcAnswer[]> {
    const first = this.#nextId;
    this.#nextId += requests.length;
    const asked = requests.map((request, index) => ({ ...request, id: first + index }));
    const method = requests
      .map((request) => request.method)
      .join(", ")
      .slice(0, 80);
    const text = await this.#post(JSON.stringify(asked.length === 1 ? asked[0] : asked)).catch(
      (error: unknown) => {
        throw new NetworkUnreachable(method, error);
      },
    );
    const answers = answersIn(text);
    return requests.map(({ id }, index) => {
      const answer = answers.get(first + index);
      if (answer === undefined) {
        throw new NetworkUnreachable(method, `${this.name} gave no answer to this question`);
      }
      return { ...answer, id };
    });
  }

  /** A connection that the node closed just then, for having been idle, says nothing of the node. */
  async #post(body: string): Promise<string> {
    const signal = AbortSignal.timeout(this.timeout);
    try {
      return await this.#postOnce(body, signal);
    } catch (error) {
      if (!(error instanceof ClosedWhileIdle)) throw error;
      return this.#postOnce(body, signal);
    }
  }

  async #postOnce(body: string, signal: AbortSignal): Promise<string> {
    const { username, password } = this.#url;
    const asked = this.#ask(this.#url, {
      method: "POST",
      agent: this.#agent,
      signal,
      headers: { "content-type": "application/json", "content-length": Buffer.byteLength(body) },
      ...(username !== "" && {
        auth: `${decodeURIComponent(username)}:${decodeURIComponent(password)}`,
      }),
    });
    asked.on("error", () => undefined);
    asked.end(body);
    const [answer] = (await once(asked, "response").catch((error: unknown) => {
      throw asked.reusedSocket && !signal.aborted ? new ClosedWhileIdle(String(error)) : error;
    })) as [IncomingMessage];
    const parts: Buffer[] = [];
    for await (const part of answer) parts.push(part as Buffer);
    const status = answer.statusCode ?? 0;
    if (status === 429) {
      const seconds = Number(answer.headers["retry-after"] ?? 0);
      const wait = Number.isFinite(seconds) ? Math.min(seconds * 1000, longestRest) : 0;
      throw new TooManyRequests(`${this.name} answered HTTP 429`, wait);
    }
    // Some nodes answer a refusal with 400 and its JSON.
    if (status >= 500 || (status >= 300 && status < 400)) {
      throw new Error(`${this.name} answered HTTP ${status}`);
    }
    return Buffer.concat(parts).toString("utf8");
  }
}

class ClosedWhileIdle extends Error {}

/** By id; of what cannot be read, none. */
function answersIn(text: string): Map<number, RpcAnswer> {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return new Map();
  }
  const answers = (Array.isArray(content) ? (content as unknown[]) : [content]).filter(isAnswer);
  return new Map(answers.map((answer) => [answer.id, answer]));
}

function isAnswer(value: unknown): value is RpcAnswer {
  if (typeof value !== "object" || value === null || !("id" in value)) return false;
  if (typeof value.id !== "number") return false;
  const error = "error" in value ? value.error : undefined;
  const isRefusal = typeof error === "object" && error !== null && "code" in error;
  return isRefusal || ("result" in value && value.result !== undefined);
}
