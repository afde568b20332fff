import { Endpoint, type ChainIdentity, type RpcAnswer, type RpcRequest } from "./endpoint.ts";
import { NetworkUnreachable } from "./network-unreachable.ts";

/** What a node answers differently, or not at all, for being behind others. */
const mayBeMissing = new Set([
  "eth_getTransactionReceipt",
  "eth_getTransactionByHash",
  "eth_getBlockByNumber",
  "eth_getBlockByHash",
]);
/** What is answered by the contracts: no other node would say something else. */
const decided = new Set(["eth_call", "eth_estimateGas"]);
const overloaded = new Set([429, -32005]);

/** One node's answer to what all were asked. */
export type Said =
  | { readonly answer: RpcAnswer }
  /** It gave none. */
  | { readonly failure: unknown };

/**
 * The nodes of one network, in the order in which they are preferred. What one cannot tell the next one is asked, and a
 * head behind one that was announced before counts only when every node says so.
 */
export class Endpoints {
  readonly #all: readonly Endpoint[];
  #announced = 0;
  #read = 0;

  /** @param timeout milliseconds for one request */
  constructor(urls: readonly string[], identity: ChainIdentity, timeout: number) {
    this.#all = urls.map((url) => new Endpoint(url, identity, timeout));
  }

  /**
   * Answers of one node to requests that go to it as one.
   * @throws NetworkUnreachable where no node has answered
   */
  async ask(requests: readonly RpcRequest[]): Promise<RpcAnswer[]> {
    let best: RpcAnswer[] | undefined;
    let failure: Error | undefined;
    for (const endpoint of this.#inOrder()) {
      const answers = await endpoint.ask(requests).catch((error: unknown) => {
        failure = error instanceof Error ? error : new Error(String(error));
        return undefined;
      });
      if (answers === undefined) continue;
      if (this.#isWhole(requests, answers)) return this.#heard(requests, answers);
      best = betterOf(best, answers);
    }
    if (best !== undefined && this.#isRefusedInThePast(requests, best)) {
      throw new NetworkUnreachable("eth_call", "a node that is behind refuses");
    }
    // A node that is behind is not believed while another one does not answer.
    if (best === undefined || (failure !== undefined && headIn(requests, best) !== undefined)) {
      throw failure ?? new NetworkUnreachable("RPC_URL", "there is no node");
    }
    return this.#heard(requests, best);
  }

  /** Tells every node, and gives what each says. */
  tellAll(request: RpcRequest): Promise<Said[]> {
    return Promise.all(
      this.#all.map((endpoint) =>
        endpoint.ask([request]).then(
          ([answer]) =>
            answer === undefined
              ? { failure: new NetworkUnreachable(request.method, "there is no answer") }
              : { answer },
          (failure: unknown) => ({ failure }),
        ),
      ),
    );
  }

  readUpTo(block: number): void {
    this.#read = block;
  }

  destroy(): void {
    for (const endpoint of this.#all) endpoint.destroy();
  }

  /** Those that rest come last: better than nobody. */
  #inOrder(): Endpoint[] {
    const now = Date.now();
    const resting = ({ restsUntil }: Endpoint): number => Math.max(restsUntil - now, 0);
    return [...this.#all].sort((a, b) => resting(a) - resting(b));
  }

  #isWhole(requests: readonly RpcRequest[], answers: readonly RpcAnswer[]): boolean {
    const head = headIn(requests, answers);
    if (head !== undefined && head < this.#announced) return false;
    if (this.#isRefusedInThePast(requests, answers)) return false;
    return answers.every(({ result, error }, index) => {
      const method = requests[index]?.method ?? "";
      if (error !== undefined) return decided.has(method) && !overloaded.has(error.code);
      return result !== null || !mayBeMissing.has(method);
    });
  }

  /** What is refused by rules as they stood may pass as they stand: whoever asks again will know. */
  #isRefusedInThePast(requests: readonly RpcRequest[], answers: readonly RpcAnswer[]): boolean {
    const head = headIn(requests, answers);
    if (head === undefined || head >= Math.max(this.#announced, this.#read)) return false;
    return answers.some(
      ({ error }, index) => error !== undefined && decided.has(requests[index]?.method ?? ""),
    );
  }

  #heard(requests: readonly RpcRequest[], answers: RpcAnswer[]): RpcAnswer[] {
    this.#announced = headIn(requests, answers) ?? this.#announced;
    return answers;
  }
}

/** Of two that lack something: the one with more, of two heads the higher. */
function betterOf(one: RpcAnswer[] | undefined, other: RpcAnswer[]): RpcAnswer[] {
  if (one === undefined) return other;
  const worth = (answers: RpcAnswer[]): number =>
    answers.reduce((sum, { result, error }) => {
      if (error !== undefined) return sum;
      return sum + (result === null ? 1 : 2 + numberOf(result));
    }, 0);
  return worth(other) > worth(one) ? other : one;
}

/** The number of the newest block, where that was asked for. */
function headIn(
  requests: readonly RpcRequest[],
  answers: readonly RpcAnswer[],
): number | undefined {
  const index = requests.findIndex(
    ({ method, params }) =>
      method === "eth_getBlockByNumber" && (params as readonly unknown[])[0] === "latest",
  );
  const result = answers[index]?.result;
  return result === undefined || result === null ? undefined : numberOf(result);
}

function numberOf(result: unknown): number {
  const number = (result as { readonly number?: unknown }).number;
  return typeof number === "string" ? Number(number) : 0;
}
