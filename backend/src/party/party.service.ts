import { Inject, Injectable } from "@nestjs/common";
import type { Actor, PartyRole } from "../auth/actor.ts";
import { PartyDirectory } from "../auth/party-directory.ts";
import { Contracts } from "../chain/contracts.ts";
import { DomainError } from "../chain/domain-error.ts";
import { CommandService } from "../command/command.service.ts";
import type { Effect } from "../command/effect.ts";
import { weighed, type Intent } from "../command/intent.ts";
import { ScheduledActs } from "../command/scheduled-acts.ts";
import type { Config } from "../config/config.ts";
import { CONFIG } from "../config/config.module.ts";
import { Database } from "../database/database.ts";
import { BadInput } from "../http/bad-input.ts";
import { mapPage, pageOf, type Page } from "../http/paging.ts";
import { formatTime } from "../http/time.ts";
import { MadeKeys } from "./made-keys.ts";
import type { AdmitPartyDto, PartyDto, PartyQuery } from "./party.dto.ts";
import { PartyRow } from "./party.entity.ts";
import { bitsOf, rolesOf } from "./roles.ts";

@Injectable()
export class PartyService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly contracts: Contracts,
    private readonly commands: CommandService,
    private readonly administration: ScheduledActs,
    private readonly directory: PartyDirectory,
    private readonly keys: MadeKeys,
  ) {}

  /** @throws DomainError `NotFound` */
  async get(id: string): Promise<PartyDto> {
    const row = await this.database.rows.one(PartyRow, { id });
    if (row === null) throw new DomainError("NotFound");
    return this.#dto(row);
  }

  async list(query: PartyQuery): Promise<Page<PartyDto>> {
    const { role } = query;
    const page = await pageOf(this.database.read, PartyRow, query, ["name", "id"], (rows) => {
      if (role !== undefined) rows.andWhere("(row.roles & :bit) <> 0", { bit: bitsOf([role]) });
    });
    return mapPage(page, (row) => this.#dto(row));
  }

  async admit(intent: Intent, input: AdmitPartyDto): Promise<Effect> {
    if (input.key === undefined && !this.config.sandbox) throw BadInput.at("/key", "is required");
    const party = input.key ?? (await this.keys.accountFor(intent));
    const act = this.contracts.act("Parties", "admit", [party, bitsOf(input.roles), input.name]);
    return this.administration.perform(weighed(intent, "admission"), act, {
      status: 201,
      read: ({ args }) => this.get(String(args["party"])),
    });
  }

  /** In place of those that it has. */
  async setRoles(intent: Intent, id: string, roles: readonly PartyRole[]): Promise<Effect> {
    await this.get(id);
    const act = this.contracts.act("Parties", "setRoles", [id, bitsOf(roles)]);
    const read = (): Promise<PartyDto> => this.get(id);
    return this.administration.perform(weighed(intent, "admission"), act, { read });
  }

  setSuspended(intent: Intent, id: string, suspended: boolean): Promise<Effect> {
    const act = this.contracts.act("Parties", "setSuspended", [id, suspended]);
    // To suspend one must not wait.
    const weight = suspended ? intent : weighed(intent, "admission");
    return this.administration.perform(weight, act, { read: () => this.get(id) });
  }

  /** A party names its own payout account; administration never can. */
  setPayoutAccount(intent: Intent, id: string, account: string): Promise<Effect> {
    if (intent.by.id !== id) throw new DomainError("NotFound");
    const act = this.contracts.act("Parties", "setPayoutAccount", [account]);
    return this.commands.perform(weighed(intent, "payee"), act, { read: () => this.get(id) });
  }

  /** A party as an actor, for acts that the backend does in a party's name. */
  async actor(id: string): Promise<Actor> {
    const entry = await this.directory.find(id);
    if (entry === undefined) throw new DomainError("NotFound");
    return { id, key: entry.key, roles: entry.roles };
  }

  #dto(row: PartyRow): PartyDto {
    const { utcOffset } = this.contracts.deployment;
    const { admittedAt, proposedFrom, roles, ...same } = row;
    return {
      ...same,
      proposedFrom: proposedFrom === null ? null : formatTime(proposedFrom, utcOffset),
      roles: rolesOf(roles),
      admittedAt: formatTime(admittedAt, utcOffset),
    };
  }
}
