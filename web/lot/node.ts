import {
  anchorAnswer,
  anchorCall,
  type AnchorOnChain,
} from "../../backend/src/proof/anchor-call.ts";
import type { Hex } from "../../backend/src/proof/hex.ts";

const answersWithin = 15_000;

/** A node of the chain does not answer, or not as one does. */
export class Unreachable extends Error {}

/** A node, asked by the browser itself. */
export class ChainNode {
  #id = 0;

  constructor(private readonly url: string) {}

  async chainId(): Promise<number> {
    const answer = await this.#ask("eth_chainId", []);
    return typeof answer === "string" ? Number(answer) : Number.NaN;
  }

  /** What the contract keeps of a root; null where it keeps none. */
  async anchorOf(provenance: string, root: Hex): Promise<AnchorOnChain | null> {
    const call = { to: provenance, data: anchorCall(root) };
    const answer = await this.#ask("eth_call", [call, "latest"]);
    try {
      return anchorAnswer(String(answer));
    } catch (error) {
      throw new Unreachable(String(error));
    }
  }

  async #ask(method: string, params: readonly unknown[]): Promise<unknown> {
    this.#id += 1;
    let answer: { readonly result?: unknown };
    try {
      const response = await fetch(this.url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ jsonrpc: "2.0", id: this.#id, method, params }),
        credentials: "omit",
        referrerPolicy: "no-referrer",
        signal: AbortSignal.timeout(answersWithin),
      });
      answer = (await response.json()) as typeof answer;
    } catch (error) {
      throw new Unreachable(String(error));
    }
    if (answer.result === undefined) throw new Unreachable(`${method}: ${JSON.stringify(answer)}`);
    return answer.result;
  }
}
