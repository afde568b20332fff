import type { GasPolicy } from "../config/config.ts";
import type { Act, Contracts, MethodArgs, MethodName, MethodResult } from "./contracts.ts";
import { interfaces } from "./contracts.ts";
import type { ContractName } from "./deployment.ts";
import type { DomainError } from "./domain-error.ts";
import { Fees } from "./fees.ts";
import { plain } from "./plain.ts";
import { domainErrorOf } from "./revert.ts";
import { RpcError, type Rpc } from "./rpc.ts";
import type { Signer } from "./signer.ts";
import { feeOf, withFee, type SignedTransaction, type UnsignedTransaction } from "./transaction.ts";

/** How the network took a transaction. */
export type Broadcast =
  | { readonly kind: "taken" }
  /** A node says that its nonce is used: whether for good is to be seen in the blocks that stay. */
  | { readonly kind: "nonceUsed"; readonly reason: string }
  /** A node does not take it before those that come before it. */
  | { readonly kind: "early"; readonly reason: string }
  /** Every node has answered, and none takes it. */
  | { readonly kind: "refused"; readonly reason: string }
  /** Nobody knows: sent again later. */
  | { readonly kind: "unknown"; readonly reason: string };

/** What the backend does with the chain, apart from reading its logs. */
export class Chain {
  readonly fees: Fees;

  constructor(
    readonly rpc: Rpc,
    readonly contracts: Contracts,
    private readonly signer: Signer,
    private readonly gas: GasPolicy,
  ) {
    this.fees = new Fees(rpc, gas);
  }

  /** The refusal that `from` would get now, at the time of the next block; undefined if the act would pass. */
  async simulate(from: string, act: Act): Promise<DomainError | undefined> {
    return this.#refusal(from, act, "pending");
  }

  /** Why an act that was mined in `block` was refused there. */
  async refusalIn(block: number, from: string, act: Act): Promise<DomainError | undefined> {
    return this.#refusal(from, act, block - 1);
  }

  /** Reads a view at the head, of a contract or, of a currency, where it is said to be. For verification; queries are answered from the read model. */
  async view<C extends ContractName, M extends MethodName<C>>(
    contract: C,
    method: M,
    args: MethodArgs<C, M>,
    options: { readonly at?: string } = {},
  ): Promise<MethodResult<C, M>> {
    const act = this.contracts.act(contract, method, args, options);
    const fragment = interfaces[contract].getFunction(method);
    if (fragment === null) throw new Error(`${contract} has no function ${method}.`);
    const bytes = await this.rpc.callRaw(act.to, act.to, act.data, "latest");
    const values = interfaces[contract].decodeFunctionResult(fragment, bytes);
    const named = plain(values, fragment.outputs) as Record<string, unknown>;
    const [first] = fragment.outputs;
    const answer = first === undefined ? undefined : named[first.name || "0"];
    return (fragment.outputs.length === 1 ? answer : named) as MethodResult<C, M>;
  }

  /** A transaction for an act, with gas and a fee, as it would be signed. */
  async transactionFor(from: string, act: Act, nonce: number): Promise<UnsignedTransaction> {
    const [gasLimit, fee] = await Promise.all([this.#gasLimit(from, act), this.fees.now()]);
    const { chainId } = this.contracts.deployment;
    return { chainId, nonce, to: act.to, data: act.data, gasLimit, fee };
  }

  /** Uses up a nonce to no effect, so that what waits behind it can be mined. */
  async sendNothing(from: string, nonce: number): Promise<SignedTransaction> {
    const fee = await this.fees.now();
    const { chainId } = this.contracts.deployment;
    const nothing = { chainId, nonce, to: from, data: "0x", gasLimit: 21_000n, fee };
    const signed = await this.signer.sign(from, nothing);
    await this.rpc.broadcast(signed.raw);
    return signed;
  }

  async sign(from: string, act: Act, nonce: number): Promise<SignedTransaction> {
    return this.signer.sign(from, await this.transactionFor(from, act, nonce));
  }

  /** The same again for a higher fee; undefined where no higher one is to be offered. */
  async signRaised(from: string, raw: string): Promise<SignedTransaction | undefined> {
    const fee = await this.fees.raised(feeOf(raw));
    return fee === undefined ? undefined : this.signer.sign(from, withFee(raw, fee));
  }

  /** Gives a transaction to every node. */
  async broadcast(transaction: SignedTransaction): Promise<Broadcast> {
    const receptions = await this.rpc.broadcast(transaction.raw);
    if (receptions.some(({ kind }) => kind === "taken")) return { kind: "taken" };
    const refusals = receptions.flatMap((one) => (one.kind === "refused" ? [one.error] : []));
    const reason = receptions
      .map((one) => (one.kind === "refused" ? one.error.message : "reason" in one && one.reason))
      .join("; ");
    if (refusals.length === 0) return { kind: "unknown", reason };
    // Nodes also refuse a transaction that they have, and Hardhat's one that it mined and that reverted.
    if (refusals.some(({ message }) => /already (known|imported)|known transaction/i.test(message)))
      return { kind: "taken" };
    try {
      const known = await this.rpc.send("eth_getTransactionByHash", [transaction.hash]);
      if (known !== null) return { kind: "taken" };
    } catch {
      return { kind: "unknown", reason };
    }
    const says = (pattern: RegExp): boolean =>
      refusals.some(({ message }) => pattern.test(message));
    if (says(/nonce.*(too low|already|lower)/i)) return { kind: "nonceUsed", reason };
    if (says(/nonce.*(too high|gap|queue|too distant|in (the )?future)/i))
      return { kind: "early", reason };
    const isPassing = ({ code, message }: RpcError): boolean =>
      code === 429 ||
      code === -32005 ||
      code === -32603 ||
      /replacement|underpriced|pool/i.test(message);
    const isCertain = refusals.length === receptions.length && !refusals.some(isPassing);
    return { kind: isCertain ? "refused" : "unknown", reason };
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
}
