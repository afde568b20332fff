import type { PartyDirectory } from "../auth/party-directory.ts";

/** Names of parties for one answer: each is looked up once. */
export class PartyNames {
  readonly #names = new Map<string, Promise<string>>();

  constructor(private readonly parties: PartyDirectory) {}

  /** The name, or the address itself for an account that is no party. */
  of(id: string): Promise<string> {
    let name = this.#names.get(id);
    if (name === undefined) {
      name = this.parties.find(id).then((party) => party?.name ?? id);
      this.#names.set(id, name);
    }
    return name;
  }
}
