import { Body, Controller, Get, Param, Post } from "@nestjs/common";
import { ApiBearerAuth, ApiOkResponse, ApiTags } from "@nestjs/swagger";
import { Roles, Scoped } from "../auth/access.ts";
import { By, type Actor } from "../auth/actor.ts";
import { Changes, Creates } from "../command/command-route.ts";
import type { Effect } from "../command/effect.ts";
import { Intention, type Intent } from "../command/intent.ts";
import { AddressParam } from "../http/params.ts";
import { BalanceService } from "./balance.service.ts";
import { CurrencyService } from "./currency.service.ts";
import { ApproveCurrencyDto, BalanceDto, CurrencyDto, DepositDto } from "./money.dto.ts";
import { SettlementBank } from "./settlement-bank.ts";

@ApiTags("money")
@ApiBearerAuth()
@Scoped("administration")
@Controller("api/v1")
export class MoneyController {
  constructor(
    private readonly balances: BalanceService,
    private readonly currencies: CurrencyService,
    private readonly bank: SettlementBank,
  ) {}

  /** The approved currencies. */
  @Get("currencies")
  @ApiOkResponse({ type: CurrencyDto, isArray: true })
  async list(): Promise<CurrencyDto[]> {
    const rows = await this.currencies.list();
    return rows.map(({ symbol, token, decimals }) => ({ symbol, token, decimals }));
  }

  /** Approves a currency. For the operator. */
  @Post("currencies")
  @Roles("operator")
  @Creates(CurrencyDto)
  approve(@Intention() intent: Intent, @Body() { token }: ApproveCurrencyDto): Promise<Effect> {
    return this.bank.approve(intent, token);
  }

  /** Credits a party with deposit currency, which the settlement bank holds for it. For the operator. */
  @Post("parties/:id/deposits")
  @Roles("operator")
  @Changes(BalanceDto)
  credit(
    @Intention() intent: Intent,
    @Param("id", AddressParam) id: string,
    @Body() { amount }: DepositDto,
  ): Promise<Effect> {
    return this.bank.credit(intent, id, amount);
  }

  /** What a party has, by account and currency. For the party itself. */
  @Get("parties/:id/balance")
  @ApiOkResponse({ type: BalanceDto })
  balance(@By() by: Actor, @Param("id", AddressParam) id: string): Promise<BalanceDto> {
    return this.balances.of(by, id);
  }
}
