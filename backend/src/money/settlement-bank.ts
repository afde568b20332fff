import { Injectable } from "@nestjs/common";
import { PartyDirectory } from "../auth/party-directory.ts";
import { Contracts } from "../chain/contracts.ts";
import { DomainError } from "../chain/domain-error.ts";
import type { Effect } from "../command/effect.ts";
import { weighed, type Intent } from "../command/intent.ts";
import { ScheduledActs } from "../command/scheduled-acts.ts";
import { BalanceService } from "./balance.service.ts";
import { CurrencyService } from "./currency.service.ts";

/** The bank behind the deposit currency: what it has been paid, it credits. */
@Injectable()
export class SettlementBank {
  constructor(
    private readonly contracts: Contracts,
    private readonly administration: ScheduledActs,
    private readonly parties: PartyDirectory,
    private readonly currencies: CurrencyService,
    private readonly balances: BalanceService,
  ) {}

  /**
   * Credits a party's account that pays.
   * @throws DomainError `NotFound` for what is no party, `ZeroAmount`
   */
  async credit(intent: Intent, id: string, amount: string): Promise<Effect> {
    const party = await this.parties.find(id);
    if (party === undefined) throw new DomainError("NotFound");
    const { DepositCurrency } = this.contracts.deployment.contracts;
    const currency = await this.currencies.byToken(DepositCurrency);
    const units = this.currencies.parse(amount, currency, "/amount");
    // The currency would mint nothing, and say that it did.
    if (units === 0n) throw new DomainError("ZeroAmount");
    const act = this.contracts.act("DepositCurrency", "mint", [party.key, units]);
    return this.administration.perform(weighed(intent, "admission"), act, {
      read: () => this.balances.of(intent.by, id),
    });
  }

  /** Another currency that counts as money here. */
  approve(intent: Intent, token: string): Promise<Effect> {
    const act = this.contracts.act("Currencies", "approveCurrency", [token]);
    return this.administration.perform(weighed(intent, "admission"), act, {
      status: 201,
      read: async () => {
        const { symbol, decimals } = await this.currencies.byToken(token);
        return { symbol, token, decimals };
      },
    });
  }
}
