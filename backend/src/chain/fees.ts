import type { GasPolicy } from "../config/config.ts";
import type { Rpc } from "./rpc.ts";
import type { Fee } from "./transaction.ts";

/** What is offered for gas: what the network asks, never more than the policy's cap. */
export class Fees {
  constructor(
    private readonly rpc: Rpc,
    private readonly policy: GasPolicy,
  ) {}

  async now(): Promise<Fee> {
    const { price, cap } = this.policy;
    if (price !== "network") return { gasPrice: price };
    const { gasPrice, maxFeePerGas, maxPriorityFeePerGas } = await this.rpc.getFeeData();
    if (maxFeePerGas === null || maxPriorityFeePerGas === null) {
      return { gasPrice: least(gasPrice ?? 0n, cap) };
    }
    const most = least(maxFeePerGas, cap);
    return { most, tip: least(maxPriorityFeePerGas, most) };
  }

  /**
   * A fee that takes the place of another one: an eighth more, which is more than the tenth that nodes want, or what
   * the network asks by now. Undefined where the cap does not leave that, or the price is fixed.
   */
  async raised(before: Fee): Promise<Fee | undefined> {
    const { price, cap } = this.policy;
    if (price !== "network") return undefined;
    const now = await this.now();
    if ("gasPrice" in before) {
      const needed = raisedAmount(before.gasPrice);
      const asked = "gasPrice" in now ? now.gasPrice : now.most;
      return needed > cap ? undefined : { gasPrice: least(greatest(needed, asked), cap) };
    }
    const needed = { most: raisedAmount(before.most), tip: raisedAmount(before.tip) };
    if (needed.most > cap) return undefined;
    const asked = "gasPrice" in now ? { most: now.gasPrice, tip: 0n } : now;
    const most = least(greatest(needed.most, asked.most), cap);
    return { most, tip: least(greatest(needed.tip, asked.tip), most) };
  }
}

function raisedAmount(amount: bigint): bigint {
  return amount + (amount + 7n) / 8n + (amount === 0n ? 1n : 0n);
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function greatest(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
