import { AbiCoder, keccak256 } from "ethers";
import type { Chain } from "./chain.ts";
import { interfaces, type Act, type Contracts } from "./contracts.ts";
import { contractNames, type ContractName } from "./deployment.ts";
import type { DomainError } from "./domain-error.ts";
import { plain } from "./plain.ts";
import { domainErrorOf } from "./revert.ts";

/** Seconds after its time in which an operation can be carried out: AccessManager's `expiration`. */
export const scheduleExpires = 7 * 24 * 3600;

const coder = AbiCoder.defaultAbiCoder();
/** Slot of AccessManager's `_schedules`, whose values have the time in their lowest 48 bits. */
const schedulesSlot = 2n;

/** Seconds that an office has to wait with an act; 0 where it need not, or is not its own. */
export async function delayOf(chain: Chain, caller: string, act: Act): Promise<number> {
  const selector = act.data.slice(0, 10);
  const answer = await chain.view("Administration", "canCall", [caller, act.to, selector]);
  return Number(answer.delay);
}

/** The act that schedules another one as soon as may be, and the operation that it makes. */
export function scheduling(
  contracts: Contracts,
  caller: string,
  act: Act,
): { readonly schedule: Act; readonly operation: string } {
  const schedule = contracts.act("Administration", "schedule", [act.to, act.data, 0n]);
  const call = coder.encode(["address", "address", "bytes"], [caller, act.to, act.data]);
  return { schedule, operation: keccak256(call) };
}

/**
 * The refusal that an act would get if its time had come; undefined where it would pass, and where the node cannot say:
 * it is asked to suppose that the operation was scheduled.
 */
export async function refusalIfRipe(
  chain: Chain,
  caller: string,
  act: Act,
  operation: string,
): Promise<DomainError | undefined> {
  const head = await chain.rpc.header("latest");
  if (head === undefined) return undefined;
  const slot = keccak256(coder.encode(["bytes32", "uint256"], [operation, schedulesSlot]));
  const time = coder.encode(["uint256"], [BigInt(head.time)]);
  const supposed = {
    [chain.contracts.deployment.contracts.Administration]: { stateDiff: { [slot]: time } },
  };
  try {
    await chain.rpc.send("eth_call", [
      { from: caller, to: act.to, data: act.data },
      "latest",
      supposed,
    ]);
    return undefined;
  } catch (error) {
    const refusal = domainErrorOf(error, act.renames);
    // The supposition was not heard.
    return refusal?.code.startsWith("AccessManager") === true ? undefined : refusal;
  }
}

/** A call of one of the deployment's contracts, read back from its bytes; undefined for any other. */
export function readCall(
  { deployment }: Contracts,
  to: string,
  data: string,
):
  | {
      readonly contract: ContractName;
      readonly method: string;
      readonly args: Readonly<Record<string, unknown>>;
    }
  | undefined {
  const same = (name: ContractName): boolean =>
    deployment.contracts[name].toLowerCase() === to.toLowerCase();
  const contract = contractNames.find(same);
  const call = contract && parsed(contract, data);
  return contract && call ? { contract, ...call } : undefined;
}

function parsed(
  contract: ContractName,
  data: string,
): { readonly method: string; readonly args: Readonly<Record<string, unknown>> } | undefined {
  try {
    const call = interfaces[contract].parseTransaction({ data });
    if (call === null) return undefined;
    const args = plain(call.args, call.fragment.inputs) as Record<string, unknown>;
    return { method: call.name, args };
  } catch {
    return undefined;
  }
}
