import { Injectable } from "@nestjs/common";
import { Chain } from "../chain/chain.ts";
import { DomainError } from "../chain/domain-error.ts";
import { addressOf } from "../chain/hex.ts";
import { anchorCall } from "../proof/anchor-call.ts";
import { isHex, type Hex } from "../proof/hex.ts";

/** Milliseconds that an answer is given again: nodes need not be asked more often than they make blocks. */
const freshFor = 2000;
/** Roots whose answers are kept. */
const mostKept = 1000;

/** Passes on the two questions that a page behind a label has to the chain, and no other. */
@Injectable()
export class ChainRelay {
  readonly #kept = new Map<string, { readonly until: number; readonly answer: Promise<unknown> }>();

  constructor(private readonly chain: Chain) {}

  /** @throws DomainError `ChainCallRefused` for another question; NetworkUnreachable */
  async ask(method: string, params: readonly unknown[]): Promise<string> {
    if (method === "eth_chainId" && params.length === 0) {
      return `0x${this.chain.contracts.deployment.chainId.toString(16)}`;
    }
    const root = method === "eth_call" ? this.#rootIn(params) : undefined;
    if (root === undefined) throw new DomainError("ChainCallRefused");
    return String(await this.#anchorOf(root));
  }

  #anchorOf(root: Hex): Promise<unknown> {
    const now = Date.now();
    const kept = this.#kept.get(root);
    if (kept !== undefined && kept.until > now) return kept.answer;
    const call = { to: this.#provenance, data: anchorCall(root) };
    const answer = this.chain.rpc.send("eth_call", [call, "latest"]);
    this.#kept.delete(root);
    this.#kept.set(root, { until: now + freshFor, answer });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
    // Who comes next asks again.
    answer.catch(() => this.#kept.delete(root));
    return answer;
  }

  /** The root that a call asks for; undefined for any other call. */
  #rootIn([call, block, ...rest]: readonly unknown[]): Hex | undefined {
    if (typeof call !== "object" || call === null || rest.length > 0) return undefined;
    const { to, data, ...more } = call as Readonly<Record<string, unknown>>;
    const isOurs = typeof to === "string" && addressOf(to) === this.#provenance;
    if (!isOurs || !isHex(data, 36) || Object.keys(more).length > 0) return undefined;
    const root: Hex = `0x${data.slice(10).toLowerCase()}`;
    const isLatest = block === undefined || block === "latest";
    return isLatest && data.toLowerCase() === anchorCall(root) ? root : undefined;
  }

  get #provenance(): string {
    return this.chain.contracts.deployment.contracts.Provenance;
  }
}
