import { Body, Controller, Get, HttpCode, Post } from "@nestjs/common";
import { ApiBearerAuth, ApiOkResponse, ApiTags } from "@nestjs/swagger";
import { Public, Roles, Scoped } from "../auth/access.ts";
import { PartyDirectory } from "../auth/party-directory.ts";
import { Changes } from "../command/command-route.ts";
import type { Effect } from "../command/effect.ts";
import { Intention, type Intent } from "../command/intent.ts";
import { BadInput } from "../http/bad-input.ts";
import { BalanceDto } from "../money/money.dto.ts";
import { SettlementBank } from "../money/settlement-bank.ts";
import { PartyService } from "../party/party.service.ts";
import { CalendarService } from "./calendar.service.ts";
import {
  CalendarDto,
  MoveCalendarDto,
  PickablePartiesDto,
  SandboxMoneyDto,
} from "./sandbox.dto.ts";

/** Routes that a sandbox has and nothing else. */
@ApiTags("sandbox")
@Scoped("administration")
@Controller("api/v1/sandbox")
export class SandboxController {
  constructor(
    private readonly calendar: CalendarService,
    private readonly bank: SettlementBank,
    private readonly parties: PartyService,
    private readonly directory: PartyDirectory,
  ) {}

  /** Whom one can sign in as, besides `operator`. */
  @Get("parties")
  @Public()
  @ApiOkResponse({ type: PickablePartiesDto })
  async pickable(): Promise<PickablePartiesDto> {
    const { items } = await this.parties.list({ limit: 200 });
    return { items: items.map(({ id, name, roles }) => ({ id, name, roles })) };
  }

  @Get("calendar")
  @Public()
  @ApiOkResponse({ type: CalendarDto })
  now(): CalendarDto {
    return this.calendar.get();
  }

  /** Moves the calendar forward, never back. */
  @Post("calendar")
  @ApiBearerAuth()
  @HttpCode(200)
  @ApiOkResponse({ type: CalendarDto })
  move(@Body() { to }: MoveCalendarDto): Promise<CalendarDto> {
    return this.calendar.move(to);
  }

  /** Credits a party with deposit currency. For the operator. */
  @Post("money")
  @Roles("operator")
  @Changes(BalanceDto)
  async credit(
    @Intention() intent: Intent,
    @Body() { party, amount }: SandboxMoneyDto,
  ): Promise<Effect> {
    if ((await this.directory.find(party)) === undefined) {
      throw BadInput.at("/party", "is no party that has been admitted");
    }
    return this.bank.credit(intent, party, amount);
  }
}
