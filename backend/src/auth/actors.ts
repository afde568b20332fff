import { Injectable } from "@nestjs/common";
import { People } from "../organisation/people.ts";
import type { Actor, Person } from "./actor.ts";
import { Administration } from "./administration.ts";
import { PartyDirectory } from "./party-directory.ts";

/** The operator's name in a token. */
export const operator = "operator";

/** Who acts, and for whom: as the record has it now, not as it was when somebody signed in. */
@Injectable()
export class Actors {
  constructor(
    private readonly parties: PartyDirectory,
    private readonly people: People,
    private readonly administration: Administration,
  ) {}

  /**
   * The actor that an account is for a party; undefined where it is none of its people, or no longer.
   * @param subject a party's id, or `operator`
   * @param account null for whoever holds the party's key
   */
  async of(
    subject: string,
    account: string | null,
  ): Promise<(Actor & { person: Person }) | undefined> {
    const party = await this.#organisation(subject);
    if (party === undefined) return undefined;
    const person = account ?? party.key;
    const rank = person === party.key ? "owner" : await this.people.rankOf(party.id, person);
    return rank === undefined ? undefined : { ...party, person: { account: person, rank } };
  }

  /** The subjects that an account may speak for: the party of its own key first. */
  async subjectsOf(account: string): Promise<string[]> {
    const administration = await this.#administration();
    const own = await this.parties.withKey(account);
    const others = await this.people.partiesOf(account);
    const ids = [
      ...(account === administration ? [account] : []),
      ...(own === undefined ? [] : [own.id]),
      ...others,
    ];
    return [...new Set(ids)].map((id) => (id === administration ? operator : id));
  }

  async #organisation(subject: string): Promise<Actor | undefined> {
    if (subject === operator) {
      const account = await this.administration.account();
      return { id: account, key: account, roles: [operator] };
    }
    const party = await this.parties.find(subject);
    return party && { id: party.id, key: party.key, roles: party.roles };
  }

  /** Undefined where the backend was given no key for it. */
  #administration(): Promise<string | undefined> {
    return this.administration.account().catch(() => undefined);
  }
}
