/** A transaction before it is signed; the fee is a legacy price where `gasPrice` is set. */
export interface UnsignedTransaction {
  readonly chainId: number;
  readonly nonce: number;
  readonly to: string;
  readonly data: string;
  readonly gasLimit: bigint;
  readonly fee: { readonly gasPrice: bigint } | { readonly most: bigint; readonly tip: bigint };
}

export interface SignedTransaction {
  readonly hash: string;
  readonly raw: string;
}

/** The port to whatever keeps keys. */
export abstract class Signer {
  /** Whether it signs for this account. */
  abstract signsFor(account: string): Promise<boolean>;

  /** @throws DomainError `NoSigningKey` for an account that it does not sign for */
  abstract sign(account: string, transaction: UnsignedTransaction): Promise<SignedTransaction>;

  /** Makes a key and keeps it. Returns its account. */
  abstract create(): Promise<string>;
}
