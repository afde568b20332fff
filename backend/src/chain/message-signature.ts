import { hashMessage, Interface, verifyMessage, type BytesLike } from "ethers";
import { RpcError, type Rpc } from "./rpc.ts";

const erc1271 = new Interface([
  "function isValidSignature(bytes32 hash, bytes signature) view returns (bytes4)",
]);
const isValidSignature = "isValidSignature";
/** What ERC-1271 has a contract answer for a good signature, and the whole word that it comes in. */
const magic = `0x1626ba7e${"00".repeat(28)}`;
/** An account's own signature: r, s and v. */
const accountSignature = /^0x[0-9a-f]{130}$/i;

/**
 * Whether an account has signed a text (EIP-191): the account itself, or, by ERC-1271, the contract that it is.
 * @throws NetworkUnreachable where the contract cannot be asked
 */
export async function hasSigned(
  rpc: Rpc,
  account: string,
  text: string,
  signature: string,
): Promise<boolean> {
  if (accountSignature.test(signature) && signerOf(text, signature) === account) return true;
  return isValidByContract(rpc, account, hashMessage(text), signature);
}

/** Whether an account is a contract and says, by ERC-1271, that this is its signature on a hash. */
export async function isValidByContract(
  rpc: Rpc,
  account: string,
  hash: string,
  signature: string,
): Promise<boolean> {
  const code = await rpc.send("eth_getCode", [account, "latest"]);
  if (code === "0x") return false;
  const question = erc1271.encodeFunctionData(isValidSignature, [
    hash,
    signature satisfies BytesLike,
  ]);
  try {
    return (await rpc.callRaw(account, account, question, "latest")) === magic;
  } catch (error) {
    // A contract that reverts has not said yes.
    if (error instanceof RpcError) return false;
    throw error;
  }
}

/** Undefined for bytes that are no signature: also for the second form that every signature has (EIP-2). */
export function signerOf(text: string, signature: string): string | undefined {
  try {
    return verifyMessage(text, signature);
  } catch {
    return undefined;
  }
}
