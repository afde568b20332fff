import type { Interface, Log } from "ethers";
import { interfaces } from "../../backend/src/chain/contracts.ts";
import type { Bundle, ProvingContract } from "../../backend/src/proof/bundle.ts";
import type { Hex } from "../../backend/src/proof/hex.ts";
import { DoesNotHold, hold } from "./finding.ts";
import type { Node } from "./node.ts";

export interface Receipt {
  readonly status: string;
  readonly blockNumber: string;
  readonly logs: readonly Log[];
}

/** An event's arguments, by name. */
export type Told = Readonly<Record<string, unknown>>;

/** Reads a bundle's contracts through a node. */
export class ChainReader {
  readonly #receipts = new Map<Hex, Promise<unknown>>();

  constructor(
    readonly bundle: Bundle,
    readonly node: Node,
  ) {}

  /** @throws DoesNotHold for a transaction that there is not, or that was refused */
  async receipt(hash: Hex, pointer: string): Promise<Receipt> {
    let asked = this.#receipts.get(hash);
    if (asked === undefined) {
      asked = this.node.ask("eth_getTransactionReceipt", hash);
      this.#receipts.set(hash, asked);
    }
    const receipt = (await asked) as Receipt | null;
    hold(receipt !== null, pointer, "the node knows no such transaction");
    hold(Number(receipt.status) === 1, pointer, "the transaction was refused");
    return receipt;
  }

  /** What a contract has told in a transaction, by events of this name. */
  told(receipt: Receipt, contract: ProvingContract, event: string): Told[] {
    const address = this.bundle.chain.contracts[contract];
    const abi: Interface = interfaces[contract];
    return receipt.logs.flatMap((log) => {
      if (log.address.toLowerCase() !== address) return [];
      const parsed = abi.parseLog(log);
      return parsed?.name === event ? [parsed.args.toObject() as Told] : [];
    });
  }

  /**
   * What a view answers that gives one value.
   * @throws NodeRefuses
   */
  async view(
    contract: ProvingContract,
    method: string,
    args: readonly unknown[],
    block: number | "latest",
  ): Promise<unknown> {
    const abi: Interface = interfaces[contract];
    const data = abi.encodeFunctionData(method, args);
    const answer = await this.node.call(this.bundle.chain.contracts[contract], data, block);
    try {
      return abi.decodeFunctionResult(method, String(answer))[0] as unknown;
    } catch {
      throw new DoesNotHold(`/chain/contracts/${contract}`, `answers as no ${contract} does`);
    }
  }
}

/** An id as the chain has it. */
export function isSame(value: unknown, id: Hex): boolean {
  return BigInt(String(value)) === BigInt(id);
}
