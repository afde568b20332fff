import { getAddress, keccak256, Signature, Transaction } from "ethers";

/** Wei: a price for all of the gas, or the most that may be paid and what of it goes to whoever makes the block. */
export type Fee = { readonly gasPrice: bigint } | { readonly most: bigint; readonly tip: bigint };

/** A transaction before it is signed; of type 0 where its fee is a price, else of type 2. It carries no value. */
export interface UnsignedTransaction {
  readonly chainId: number;
  readonly nonce: number;
  readonly to: string;
  readonly data: string;
  readonly gasLimit: bigint;
  readonly fee: Fee;
}

export interface SignedTransaction {
  readonly hash: string;
  readonly raw: string;
}

/** A transaction as a wallet needs it to sign it: integers as decimal text. */
export interface PreparedTransaction {
  readonly type: 0 | 2;
  readonly chainId: number;
  readonly nonce: number;
  readonly to: string;
  readonly data: string;
  readonly value: "0";
  readonly gasLimit: string;
  /** Of type 0. */
  readonly gasPrice: string | null;
  /** Of type 2. */
  readonly maxFeePerGas: string | null;
  readonly maxPriorityFeePerGas: string | null;
  /** What is hashed and signed: RLP, with its type before it. */
  readonly unsigned: string;
}

/** The bytes whose keccak256 is signed. */
export function unsignedBytes(transaction: UnsignedTransaction): string {
  return unsignedOf(transaction).unsignedSerialized;
}

/**
 * Puts a signature under a transaction.
 * @param signature r, s and v in 65 bytes, or as ethers has it
 * @throws Error where it is not `account`'s, or not one that the network takes
 */
export function signedBy(
  account: string,
  transaction: UnsignedTransaction,
  signature: string | Signature,
): SignedTransaction {
  const signed = withSignature(transaction, signature);
  if (signed.from !== getAddress(account)) {
    throw new Error(`The signature is of ${String(signed.from)}, not of ${account}.`);
  }
  return serialised(signed);
}

/** As `signedBy`, for a key that is known to be the account's: whose a signature is takes long to find out. */
export function signedByOurs(
  transaction: UnsignedTransaction,
  signature: Signature,
): SignedTransaction {
  return serialised(withSignature(transaction, signature));
}

function withSignature(
  transaction: UnsignedTransaction,
  signature: string | Signature,
): Transaction {
  const signed = unsignedOf(transaction);
  signed.signature = Signature.from(signature);
  return signed;
}

function serialised({ serialized: raw }: Transaction): SignedTransaction {
  return { raw, hash: keccak256(raw) };
}

export function preparedOf(transaction: UnsignedTransaction): PreparedTransaction {
  const { chainId, nonce, data, gasLimit, fee } = transaction;
  const isLegacy = "gasPrice" in fee;
  return {
    type: isLegacy ? 0 : 2,
    chainId,
    nonce,
    to: getAddress(transaction.to),
    data,
    value: "0",
    gasLimit: gasLimit.toString(),
    gasPrice: isLegacy ? fee.gasPrice.toString() : null,
    maxFeePerGas: isLegacy ? null : fee.most.toString(),
    maxPriorityFeePerGas: isLegacy ? null : fee.tip.toString(),
    unsigned: unsignedBytes(transaction),
  };
}

/** Signed bytes compared with what was prepared for them. */
export type Comparison =
  | { readonly kind: "same"; readonly hash: string }
  | { readonly kind: "unreadable"; readonly reason: string }
  /** The names of what is not as it was prepared. */
  | { readonly kind: "different"; readonly fields: readonly string[] };

/** Whether bytes are exactly the prepared transaction, signed by the account, in the one way of writing them. */
export function compare(account: string, prepared: PreparedTransaction, raw: string): Comparison {
  let given: Transaction;
  try {
    given = Transaction.from(raw);
    if (given.signature === null) return { kind: "unreadable", reason: "it is not signed" };
    if (given.signature.s > halfOfOrder) {
      return { kind: "unreadable", reason: "its signature's s is in the upper half" };
    }
    if (given.serialized !== raw.toLowerCase()) {
      return { kind: "unreadable", reason: "it is not written as the network writes it" };
    }
  } catch {
    return { kind: "unreadable", reason: "it is no transaction, or its signature cannot be" };
  }
  const fields = differences(account, prepared, given);
  return fields.length === 0
    ? { kind: "same", hash: keccak256(raw) }
    : { kind: "different", fields };
}

/** Signatures with a greater s are those of another hash's twin: the network refuses them. */
const halfOfOrder = "0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0";

function differences(account: string, prepared: PreparedTransaction, given: Transaction): string[] {
  const isLegacy = prepared.type === 0;
  const expected: Readonly<Record<string, readonly [unknown, unknown]>> = {
    type: [prepared.type, given.type],
    chainId: [String(prepared.chainId), given.chainId.toString()],
    nonce: [prepared.nonce, given.nonce],
    to: [prepared.to, given.to],
    data: [prepared.data.toLowerCase(), given.data],
    value: [prepared.value, given.value.toString()],
    gasLimit: [prepared.gasLimit, given.gasLimit.toString()],
    ...(isLegacy
      ? { gasPrice: [prepared.gasPrice, given.gasPrice?.toString()] }
      : {
          maxFeePerGas: [prepared.maxFeePerGas, given.maxFeePerGas?.toString()],
          maxPriorityFeePerGas: [
            prepared.maxPriorityFeePerGas,
            given.maxPriorityFeePerGas?.toString(),
          ],
        }),
    accessList: [0, given.accessList?.length ?? 0],
    from: [getAddress(account), given.from],
  };
  return Object.entries(expected)
    .filter(([, [wanted, found]]) => wanted !== found)
    .map(([field]) => field);
}

/** The same effect at the same place in the queue, for another fee. */
export function withFee(raw: string, fee: Fee): UnsignedTransaction {
  const { chainId, nonce, to, data, gasLimit } = Transaction.from(raw);
  if (to === null) throw new Error("A transaction of ours makes no contract.");
  return { chainId: Number(chainId), nonce, to, data, gasLimit, fee };
}

export function feeOf(raw: string): Fee {
  const { gasPrice, maxFeePerGas, maxPriorityFeePerGas } = Transaction.from(raw);
  return maxFeePerGas === null
    ? { gasPrice: gasPrice ?? 0n }
    : { most: maxFeePerGas, tip: maxPriorityFeePerGas ?? 0n };
}

function unsignedOf({ fee, ...rest }: UnsignedTransaction): Transaction {
  return Transaction.from({
    ...rest,
    value: 0n,
    ...("gasPrice" in fee
      ? { type: 0, gasPrice: fee.gasPrice }
      : { type: 2, maxFeePerGas: fee.most, maxPriorityFeePerGas: fee.tip }),
  });
}
