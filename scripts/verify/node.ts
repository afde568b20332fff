import { CannotAsk } from "./finding.ts";

interface Answer {
  readonly result?: unknown;
  readonly error?: { readonly message?: string };
}

/** What a node refuses to answer: an old state that it no longer has, a method that it does not know. */
export class NodeRefuses extends Error {
  override readonly name = "NodeRefuses";
}

const waits = 20_000;

/** A node that is asked by JSON-RPC over HTTP. What it says is checked by who asks, as far as that goes. */
export class Node {
  #id = 0;

  constructor(readonly url: string) {}

  /** @throws NodeRefuses, CannotAsk */
  async ask(method: string, ...params: readonly unknown[]): Promise<unknown> {
    this.#id += 1;
    let answer: Answer;
    try {
      const response = await fetch(this.url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ jsonrpc: "2.0", id: this.#id, method, params }),
        signal: AbortSignal.timeout(waits),
      });
      answer = (await response.json()) as Answer;
    } catch (error) {
      throw new CannotAsk(`${this.url} does not answer ${method}: ${String(error)}`);
    }
    if (answer.error !== undefined)
      throw new NodeRefuses(answer.error.message ?? "no reason given");
    if (!("result" in answer))
      throw new CannotAsk(`${this.url} is no node: it does not answer ${method}.`);
    return answer.result;
  }

  call(to: string, data: string, block: number | "latest"): Promise<unknown> {
    return this.ask("eth_call", { to, data }, tag(block));
  }
}

export function tag(block: number | "latest"): string {
  return block === "latest" ? block : `0x${block.toString(16)}`;
}
