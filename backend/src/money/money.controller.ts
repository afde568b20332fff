import { Controller, Get, Param } from "@nestjs/common";
import { ApiBearerAuth, ApiOkResponse, ApiTags } from "@nestjs/swagger";
import { By, type Actor } from "../auth/actor.ts";
import { AddressParam } from "../http/params.ts";
import { BalanceService } from "./balance.service.ts";
import { CurrencyService } from "./currency.service.ts";
import { BalanceDto, CurrencyDto } from "./money.dto.ts";

@ApiTags("money")
@ApiBearerAuth()
@Controller("api/v1")
export class MoneyController {
  constructor(
    private readonly balances: BalanceService,
    private readonly currencies: CurrencyService,
  ) {}

  /** The approved currencies. */
  @Get("currencies")
  @ApiOkResponse({ type: CurrencyDto, isArray: true })
  async list(): Promise<CurrencyDto[]> {
    const rows = await this.currencies.list();
    return rows.map(({ symbol, token, decimals }) => ({ symbol, token, decimals }));
  }

  /** What a party has, by account and currency. For the party itself. */
  @Get("parties/:id/balance")
  @ApiOkResponse({ type: BalanceDto })
  balance(@By() by: Actor, @Param("id", AddressParam) id: string): Promise<BalanceDto> {
    return this.balances.of(by, id);
  }
}
