import { Transaction, type BaseWallet } from "ethers";

/** What a command shows to the wallet that is to sign it. */
export interface Prepared {
  readonly type: number;
  readonly chainId: number;
  readonly nonce: number;
  readonly to: string;
  readonly data: string;
  readonly value: string;
  readonly gasLimit: string;
  readonly gasPrice: string | null;
  readonly maxFeePerGas: string | null;
  readonly maxPriorityFeePerGas: string | null;
  readonly unsigned: string;
  readonly expiresAt: string;
}

/** The prepared transaction, or one that differs from it, as a wallet makes it. */
export function signedByWallet(
  wallet: BaseWallet,
  prepared: Prepared,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const { type, chainId, nonce, to, data, value, gasLimit } = prepared;
  const { gasPrice, maxFeePerGas, maxPriorityFeePerGas } = prepared;
  const fee = type === 0 ? { gasPrice } : { maxFeePerGas, maxPriorityFeePerGas };
  const fields = { type, chainId, nonce, to, data, value, gasLimit, ...fee };
  return wallet.signTransaction({ ...fields, ...changes });
}

/** The bytes that were laid out, with a signature under them. */
export function signedAsLaidOut(wallet: BaseWallet, { unsigned }: Prepared): string {
  const transaction = Transaction.from(unsigned);
  transaction.signature = wallet.signingKey.sign(transaction.unsignedHash);
  return transaction.serialized;
}
