import { Injectable } from "@nestjs/common";
import { MaxUint256 } from "../chain/hex.ts";
import { Contracts } from "../chain/contracts.ts";
import type { Actor } from "../auth/actor.ts";
import { CommandService } from "../command/command.service.ts";
import { ownIntent } from "../command/intent.ts";
import { NewKey } from "../party/new-key.ts";

/** In the sandbox a new party gives at once the approvals that buyers, lenders and borrowers give. */
@Injectable()
export class StandingMandates extends NewKey {
  constructor(
    private readonly contracts: Contracts,
    private readonly commands: CommandService,
  ) {
    super();
  }

  async prepare(owner: Actor): Promise<void> {
    const { Receivables, Facilities } = this.contracts.deployment.contracts;
    const intent = ownIntent(owner, "mandate", true);
    const approve = (spender: string, step: number): Promise<unknown> => {
      const act = this.contracts.act("DepositCurrency", "approve", [spender, MaxUint256]);
      return this.commands.submit(intent, act, step);
    };
    await Promise.all([Receivables, Facilities].map(approve));
  }
}
