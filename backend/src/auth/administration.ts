import { DomainError } from "../chain/domain-error.ts";

/** The account that administers: admits, suspends, sets capacities, mints the sandbox's money. */
export class Administration {
  constructor(private readonly known: string | undefined) {}

  /** @throws DomainError `NoSigningKey` where the backend was given no key for it */
  account(): Promise<string> {
    return this.known === undefined
      ? Promise.reject(new DomainError("NoSigningKey", { account: "administration" }))
      : Promise.resolve(this.known);
  }
}
