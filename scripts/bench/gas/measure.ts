import type { ContractTransactionResponse } from "ethers";
import type { Cast } from "./cast.ts";
import { floorOf, type Floor, type Sent } from "./floor.ts";
import { readRun, type Run, type StructLog } from "./trace.ts";

/** A transaction, what it cost and why. */
export interface Measured {
  readonly sent: Sent;
  /** As the receipt says, after any refund. */
  readonly gas: number;
  readonly refund: number;
  readonly floor: Floor;
  readonly run: Run;
}

interface Trace {
  readonly failed: boolean;
  readonly structLogs: readonly StructLog[];
}

const intrinsic = 21_000;

/** @throws if the transaction failed */
export async function measure(
  cast: Cast,
  transaction: ContractTransactionResponse,
): Promise<Measured> {
  const receipt = await transaction.wait();
  const { from, to, data, hash } = transaction;
  if (receipt === null || to === null) throw new Error(`${hash} called no contract.`);
  // No copy of storage and memory beside each step: a trace has hundreds of thousands.
  const options = { disableStorage: true, enableMemory: false };
  const trace = (await cast.request("debug_traceTransaction", hash, options)) as Trace;
  const sent = { from, to, data };
  const run = readRun(trace.structLogs, to);
  const floor = floorOf(sent, run);
  const gas = Number(receipt.gasUsed);
  const refund = intrinsic + floor.calldata + run.frames[0].gas - gas;
  return { sent, gas, refund, floor, run };
}
