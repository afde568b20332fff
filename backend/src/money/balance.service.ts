import { Injectable } from "@nestjs/common";
import { isOperator, type Actor } from "../auth/actor.ts";
import { PartyDirectory } from "../auth/party-directory.ts";
import { DomainError } from "../chain/domain-error.ts";
import { Database } from "../database/database.ts";
import { CurrencyService } from "./currency.service.ts";
import type { BalanceDto } from "./money.dto.ts";
import { BalanceRow } from "./money.entity.ts";

@Injectable()
export class BalanceService {
  constructor(
    private readonly database: Database,
    private readonly currencies: CurrencyService,
    private readonly parties: PartyDirectory,
  ) {}

  /** What a party has; for itself and the operator. */
  async of(by: Actor, party: string): Promise<BalanceDto> {
    const entry = await this.parties.find(party);
    if (entry === undefined || (by.id !== party && !isOperator(by)))
      throw new DomainError("NotFound");
    const accounts = [...new Set([entry.key, entry.payoutAccount])];
    const rows = await this.database.rows.all(BalanceRow, { account: accounts });
    const currencies = await this.currencies.list();
    return {
      party,
      balances: accounts.flatMap((account) =>
        currencies.map((currency) => {
          const { token, symbol } = currency;
          const row = rows.find((each) => each.account === account && each.token === token);
          const amount = this.currencies.format(row?.amount ?? 0n, currency);
          return { account, currency: symbol, token, amount };
        }),
      ),
    };
  }
}
