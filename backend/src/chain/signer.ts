import type { SignedTransaction, UnsignedTransaction } from "./transaction.ts";

/** Whoever keeps the key does not answer, or not as it must. It is asked again later; nothing was signed that counts. */
export class SignerUnavailable extends Error {
  override readonly name = "SignerUnavailable";
}

/** Nobody has a key sign something else by calling it typed data. @throws Error */
export function requireTyped(bytes: string): void {
  if (!/^0x1901[0-9a-f]{128}$/i.test(bytes)) throw new Error("These are no bytes of EIP-712.");
}

/** The port to whatever keeps keys. */
export abstract class Signer {
  /**
   * Whether it signs for this account; what no signer signs for, the account's owner signs with a wallet.
   * @throws SignerUnavailable
   */
  abstract signsFor(account: string): Promise<boolean>;

  /**
   * @throws DomainError `NoSigningKey` for an account that it does not sign for
   * @throws SignerUnavailable
   */
  abstract sign(account: string, transaction: UnsignedTransaction): Promise<SignedTransaction>;

  /**
   * Signs a text (EIP-191): what is signed so is no transaction. r, s and v in 65 bytes.
   * @throws DomainError `NoSigningKey`
   * @throws SignerUnavailable
   */
  abstract signText(account: string, text: string): Promise<string>;

  /**
   * The account's signature on typed data (EIP-712).
   * @param bytes that begin with 0x1901: no transaction's do; their keccak256 is signed
   * @throws DomainError `NoSigningKey`
   * @throws SignerUnavailable
   */
  abstract signTyped(account: string, bytes: string): Promise<string>;

  /**
   * Makes a key and keeps it. Returns its account.
   * @throws DomainError `KeysMadeElsewhere` where keys are not made by the backend
   */
  abstract create(): Promise<string>;

  /** Closes what is open to whoever keeps the keys. */
  destroy(): void {
    // Keys that are at hand need nothing open.
  }
}
