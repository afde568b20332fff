import type { GasPolicy } from "../config/config.ts";
import type { Act, Contracts, MethodArgs, MethodName, MethodResult } from "./contracts.ts";
import { interfaces } from "./contracts.ts";
import type { ContractName } from "./deployment.ts";
import type { DomainError } from "./domain-error.ts";
import { plain } from "./plain.ts";
import { domainErrorOf } from "./revert.ts";
import { RpcError, type Rpc } from "./rpc.ts";
import type { SignedTransaction, Signer } from "./signer.ts";

/** How a node took a transaction. */
export type Broadcast =
  | { readonly kind: "taken" }
  /** It never will be mined: another transaction has its nonce. */
  | { readonly kind: "nonceUsed" }
  | { readonly kind: "refused"; readonly reason: string }
  /** Nobody knows: sent again later. */
  | { readonly kind: "unknown"; readonly reason: string };

/** What the backend does with the chain, apart from reading its logs. */
export class Chain {
  constructor(
    readonly rpc: Rpc,
    readonly contracts: Contracts,
    private readonly signer: Signer,
    private readonly gas: GasPolicy,
  ) {}

  /** The refusal that `from` would get now, at the time of the next block; undefined if the act would pass. */
  async simulate(from: string, act: Act): Promise<DomainError | undefined> {
    return this.#refusal(from, act, "pending");
  }

  /** Why an act that was mined in `block` was refused there. */
  async refusalIn(block: number, from: string, act: Act): Promise<DomainError | undefined> {
    return this.#refusal(from, act, block - 1);
  }

  /** Reads a view at the head. For verification; queries are answered from the read model. */
  async view<C extends ContractName, M extends MethodName<C>>(
    contract: C,
    method: M,
    args: MethodArgs<C, M>,
  ): Promise<MethodResult<C, M>> {
    const act = this.contracts.act(contract, method, args);
    const fragment = interfaces[contract].getFunction(method);
    if (fragment === null) throw new Error(`${contract} has no function ${method}.`);
    const bytes = await this.rpc.callRaw(act.to, act.to, act.data, "latest");
    const values = interfaces[contract].decodeFunctionResult(fragment, bytes);
    const named = plain(values, fragment.outputs) as Record<string, unknown>;
    const [first] = fragment.outputs;
    const answer = first === undefined ? undefined : named[first.name || "0"];
    return (fragment.outputs.length === 1 ? answer : named) as MethodResult<C, M>;
  }

  async sign(from: string, act: Act, nonce: number): Promise<SignedTransaction> {
    return this.signer.sign(from, {
      chainId: this.contracts.deployment.chainId,
      nonce,
      to: act.to,
      data: act.data,
      gasLimit: await this.#gasLimit(from, act),
      fee: await this.#fee(),
    });
  }

  async broadcast(transaction: SignedTransaction): Promise<Broadcast> {
    try {
      await this.rpc.send("eth_sendRawTransaction", [transaction.raw]);
      return { kind: "taken" };
    } catch (error) {
      return this.#answerOf(transaction, error);
    }
  }

  async #answerOf(transaction: SignedTransaction, error: unknown): Promise<Broadcast> {
    if (!(error instanceof RpcError)) return { kind: "unknown", reason: String(error) };
    // Nodes also answer so for a transaction that they have, and Hardhat's for one that it mined and that reverted.
    // Undefined where that cannot be known: to take it for lost, and sign again, would do it twice.
    const known = await this.rpc
      .send("eth_getTransactionByHash", [transaction.hash])
      .catch(() => undefined);
    if (known === undefined) return { kind: "unknown", reason: error.message };
    if (known !== null || /already known|known transaction/i.test(error.message)) {
      return { kind: "taken" };
    }
    if (/nonce.*(too low|already|lower)/i.test(error.message)) return { kind: "nonceUsed" };
    // The one before it, with the same key, is not there yet: some nodes keep such transactions, some refuse them.
    if (/nonce.*(too high|gap|too distant|in (the )?future)/i.test(error.message))
      return { kind: "unknown", reason: error.message };
    const isPassing = error.code === 429 || error.code === -32005 || error.code === -32603;
    return { kind: isPassing ? "unknown" : "refused", reason: error.message };
  }

  async #refusal(
    from: string,
    act: Act,
    block: number | "pending",
  ): Promise<DomainError | undefined> {
    try {
      await this.rpc.callRaw(from, act.to, act.data, block);
      return undefined;
    } catch (error) {
      const refusal = domainErrorOf(error, act.renames);
      if (refusal === undefined) throw error;
      return refusal;
    }
  }

  async #gasLimit(from: string, act: Act): Promise<bigint> {
    if (this.gas.limit !== "estimate") return this.gas.limit;
    const estimate = await this.rpc.send("eth_estimateGas", [{ from, to: act.to, data: act.data }]);
    return (BigInt(estimate as string) * 5n) / 4n;
  }

  async #fee(): Promise<{ gasPrice: bigint } | { most: bigint; tip: bigint }> {
    if (this.gas.price !== "network") return { gasPrice: this.gas.price };
    const { gasPrice, maxFeePerGas, maxPriorityFeePerGas } = await this.rpc.getFeeData();
    return maxFeePerGas !== null && maxPriorityFeePerGas !== null
      ? { most: maxFeePerGas, tip: maxPriorityFeePerGas }
      : { gasPrice: gasPrice ?? 0n };
  }
}
