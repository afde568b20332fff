import { Injectable } from "@nestjs/common";
import type { Rank } from "../auth/actor.ts";
import { Database } from "../database/database.ts";
import { PersonRow } from "./person.entity.ts";

/** Who belongs to which organisation, for all who have to ask. */
@Injectable()
export class People {
  constructor(private readonly database: Database) {}

  /** Undefined for an account that is none of the organisation's people. */
  async rankOf(party: string, account: string): Promise<Rank | undefined> {
    return (await this.database.rows.one(PersonRow, { party, account }))?.rank;
  }

  /** The organisations that an account is a person of, in the order of their ids. */
  async partiesOf(account: string): Promise<string[]> {
    const rows = await this.database.read.find(PersonRow, {
      where: { account },
      order: { party: "ASC" },
    });
    return rows.map(({ party }) => party);
  }

  list(party: string): Promise<PersonRow[]> {
    return this.database.read.find(PersonRow, { where: { party }, order: { account: "ASC" } });
  }

  async name(person: Readonly<PersonRow>): Promise<void> {
    await this.database.write((manager) =>
      manager.upsert(PersonRow, { ...person }, ["party", "account"]),
    );
  }

  /** Whether there was such a person. */
  async remove(party: string, account: string): Promise<boolean> {
    return this.database.write(async (manager) => {
      const known = await manager.existsBy(PersonRow, { party, account });
      await manager.delete(PersonRow, { party, account });
      return known;
    });
  }
}
