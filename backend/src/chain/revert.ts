import { AbiCoder, type ErrorFragment } from "ethers";
import { interfaces } from "./contracts.ts";
import { DomainError } from "./domain-error.ts";
import { idOf, textOfBytes } from "./hex.ts";
import { plain } from "./plain.ts";
import { RpcError } from "./rpc.ts";

const errors = new Map<string, ErrorFragment>();
for (const abi of Object.values(interfaces)) {
  abi.forEachError((fragment) => errors.set(fragment.selector, fragment));
}

const coder = AbiCoder.defaultAbiCoder();
const reasonSelector = "0x08c379a0";
const panicSelector = "0x4e487b71";
// Amounts on chain are narrower than this; ids are hashes.
const narrowest = 1n << 128n;

/**
 * The refusal in a node's answer, or undefined where the answer is no revert.
 * @param renames the names that some errors have in this act
 */
export function domainErrorOf(
  error: unknown,
  renames: Readonly<Record<string, string>> = {},
): DomainError | undefined {
  if (!(error instanceof RpcError)) return undefined;
  if (error.data !== undefined && error.data !== "0x") return decoded(error.data, renames);
  return /revert/i.test(error.message) ? new DomainError("Reverted") : undefined;
}

function decoded(data: string, renames: Readonly<Record<string, string>>): DomainError {
  const selector = data.slice(0, 10).toLowerCase();
  const body = `0x${data.slice(10)}`;
  const fragment = errors.get(selector);
  if (fragment !== undefined) {
    const values = plain(coder.decode(fragment.inputs, body), fragment.inputs);
    return new DomainError(
      renames[fragment.name] ?? fragment.name,
      Object.fromEntries(
        Object.entries(values as object).map(([name, value]) => [name, readable(value)]),
      ),
    );
  }
  if (selector === reasonSelector) {
    return new DomainError("Reverted", { reason: String(coder.decode(["string"], body)[0]) });
  }
  if (selector === panicSelector) {
    return new DomainError("ContractPanic", { panic: String(coder.decode(["uint256"], body)[0]) });
  }
  return new DomainError("Reverted", { data });
}

function readable(value: unknown): unknown {
  if (typeof value === "bigint") return value < narrowest ? value.toString() : idOf(value);
  // A field's name in bytes32.
  const isText = typeof value === "string" && /^0x[0-9a-f]{64}$/.test(value);
  return isText && /^[\x20-\x7e]+$/.test(textOfBytes(value)) ? textOfBytes(value) : value;
}
