import { Inject, Injectable, type OnApplicationBootstrap } from "@nestjs/common";
import { In, Not } from "typeorm";
import { Administration } from "../auth/administration.ts";
import type { Office } from "../auth/actor.ts";
import { addressOf } from "../chain/hex.ts";
import type { Config } from "../config/config.ts";
import { CONFIG } from "../config/config.module.ts";
import { Database } from "../database/database.ts";
import { PersonRow } from "./person.entity.ts";

/**
 * Who acts for an office is said where its account is said: its key may be where nobody can sign a message with it. Each
 * start makes them the owners, and those no more that are no longer named.
 */
@Injectable()
export class OfficePeople implements OnApplicationBootstrap {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly administration: Administration,
    private readonly database: Database,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { administrationPeople, supervisionPeople } = this.config;
    await this.#name("operator", administrationPeople);
    await this.#name("supervisor", supervisionPeople);
  }

  async #name(office: Office, given: readonly string[]): Promise<void> {
    const party = await this.administration.account(office).catch(() => undefined);
    // An office without an account of its own has no people of its own.
    if (party === undefined || this.administration.officesOf(party)[0] !== office) return;
    const accounts = given.flatMap((account) => addressOf(account) ?? []);
    await this.database.write(async (manager) => {
      const former = { party, rank: "owner" as const, account: Not(In(accounts)) };
      await manager.delete(PersonRow, former);
      for (const account of accounts) {
        if (await manager.existsBy(PersonRow, { party, account, rank: "owner" })) continue;
        const since = Math.floor(Date.now() / 1000);
        const person = { party, account, rank: "owner" as const, name: office, namedBy: party };
        await manager.upsert(PersonRow, { ...person, since }, ["party", "account"]);
      }
    });
  }
}
