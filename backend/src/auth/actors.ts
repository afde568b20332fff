import { Injectable } from "@nestjs/common";
import { People } from "../organisation/people.ts";
import { officeNames, type Actor, type Office, type Person } from "./actor.ts";
import { Administration } from "./administration.ts";
import { PartyDirectory } from "./party-directory.ts";

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
   * @param subject a party's id, or an office
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
    const own = await this.parties.withKey(account);
    const others = await this.people.partiesOf(account);
    const ids = [account, ...(own === undefined ? [] : [own.id]), ...others];
    const subjects = ids.flatMap((id) => {
      const isParty = id !== account || own?.id === id;
      return this.officeOf(id) ?? (isParty ? id : []);
    });
    return [...new Set(subjects)];
  }

  /** What the organisation of an account that administers goes by: the first of its offices. */
  officeOf(account: string): Office | undefined {
    return this.administration.officesOf(account)[0];
  }

  async #organisation(subject: string): Promise<Actor | undefined> {
    const office = officeNames.find((name) => name === subject);
    if (office !== undefined) {
      const account = await this.administration.account(office);
      return { id: account, key: account, roles: this.administration.officesOf(account) };
    }
    const party = await this.parties.find(subject);
    return party && { id: party.id, key: party.key, roles: party.roles };
  }
}
