import { Injectable } from "@nestjs/common";
import { isOperator } from "../auth/actor.ts";
import { Contracts } from "../chain/contracts.ts";
import { DomainError } from "../chain/domain-error.ts";
import { CommandService } from "../command/command.service.ts";
import type { Effect } from "../command/effect.ts";
import { weighed, type Intent } from "../command/intent.ts";
import { ScheduledActs } from "../command/scheduled-acts.ts";
import { MadeKeys } from "./made-keys.ts";
import type { PartyDto } from "./party.dto.ts";
import { PartyService } from "./party.service.ts";

/** A party's key in the place of the one it has: proposed by the operator, open to the party's veto, then put in place. */
@Injectable()
export class PartyKeyService {
  constructor(
    private readonly parties: PartyService,
    private readonly contracts: Contracts,
    private readonly commands: CommandService,
    private readonly administration: ScheduledActs,
    private readonly keys: MadeKeys,
  ) {}

  async propose(intent: Intent, id: string, key?: string): Promise<Effect> {
    await this.parties.get(id);
    const account = key ?? (await this.keys.accountFor(intent));
    const act = this.contracts.act("Parties", "proposeKey", [id, account]);
    const read = (): Promise<PartyDto> => this.parties.get(id);
    return this.administration.perform(weighed(intent, "key"), act, { read });
  }

  veto(intent: Intent, id: string): Promise<Effect> {
    if (intent.by.id !== id) throw new DomainError("NotFound");
    const act = this.contracts.act("Parties", "vetoKey", []);
    return this.commands.perform(intent, act, { read: () => this.parties.get(id) });
  }

  /** The contracts let anybody do it; here it is nobody else's business. */
  replace(intent: Intent, id: string): Promise<Effect> {
    if (intent.by.id !== id && !isOperator(intent.by)) throw new DomainError("NotFound");
    const act = this.contracts.act("Parties", "replaceKey", [id]);
    return this.commands.perform(intent, act, { read: () => this.parties.get(id) });
  }
}
