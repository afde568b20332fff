import {
  startRpcProxy,
  type FaultSource,
  type RpcProxy,
} from "../../scripts/faults/proxy/rpc-proxy.ts";
import type { RpcFault } from "../../scripts/faults/proxy/rpc-faults.ts";

/** Faults that the next requests of a method meet, one after another. */
export class FaultScript implements FaultSource {
  readonly #next = new Map<string, RpcFault[]>();

  /** In this order, from the next request on. */
  meet(method: string, ...faults: readonly RpcFault[]): void {
    this.#next.set(method, [...faults]);
  }

  /** Whether all that was to be met has been met. */
  get isOver(): boolean {
    return [...this.#next.values()].every((faults) => faults.length === 0);
  }

  next(method: string): RpcFault | undefined {
    return this.#next.get(method)?.shift();
  }

  delay(): number {
    return 20;
  }
}

export async function startFaultyNode(
  url: string,
): Promise<{ readonly proxy: RpcProxy; readonly script: FaultScript }> {
  const script = new FaultScript();
  return { proxy: await startRpcProxy(url, script), script };
}
