import { Injectable } from "@nestjs/common";
import { PartyDirectory } from "../auth/party-directory.ts";
import { Contracts } from "../chain/contracts.ts";
import { DomainError } from "../chain/domain-error.ts";
import { CommandService } from "../command/command.service.ts";
import type { Effect } from "../command/effect.ts";
import type { Intent } from "../command/intent.ts";
import { BadInput } from "../http/bad-input.ts";
import { BalanceService } from "../money/balance.service.ts";
import { CurrencyService } from "../money/currency.service.ts";
import type { SandboxMoneyDto } from "./sandbox.dto.ts";

/** The bank behind the deposit currency, as far as the sandbox plays it. */
@Injectable()
export class SettlementBank {
  constructor(
    private readonly contracts: Contracts,
    private readonly commands: CommandService,
    private readonly parties: PartyDirectory,
    private readonly currencies: CurrencyService,
    private readonly balances: BalanceService,
  ) {}

  async credit(intent: Intent, input: SandboxMoneyDto): Promise<Effect> {
    const party = await this.parties.find(input.party);
    if (party === undefined) throw BadInput.at("/party", "is no party that has been admitted");
    const { DepositCurrency } = this.contracts.deployment.contracts;
    const currency = await this.currencies.byToken(DepositCurrency);
    const amount = this.currencies.parse(input.amount, currency, "/amount");
    // The currency would mint nothing, and say that it did.
    if (amount === 0n) throw new DomainError("ZeroAmount");
    const act = this.contracts.act("DepositCurrency", "mint", [party.key, amount]);
    return this.commands.perform(intent, act, {
      read: () => this.balances.of(intent.by, party.id),
    });
  }
}
