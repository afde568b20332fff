import { DomainError } from "../chain/domain-error.ts";
import type { Office } from "./actor.ts";
import { officeNames } from "./actor.ts";

/**
 * The accounts that administer. An office that has no account of its own is the operator's: so all are in a sandbox, whose
 * one account holds every role on chain.
 */
export class Administration {
  constructor(private readonly accounts: Readonly<Partial<Record<Office, string>>>) {}

  /** @throws DomainError `NoSigningKey` where the backend was given no account for it */
  account(office: Office = "operator"): Promise<string> {
    const known = this.#accountOf(office);
    return known === undefined
      ? Promise.reject(new DomainError("NoSigningKey", { account: "administration" }))
      : Promise.resolve(known);
  }

  /** The offices that an account holds. */
  officesOf(account: string): Office[] {
    return officeNames.filter((office) => this.#accountOf(office) === account);
  }

  #accountOf(office: Office): string | undefined {
    return this.accounts[office] ?? this.accounts.operator;
  }
}
