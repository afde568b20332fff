import { Controller, Get, Param } from "@nestjs/common";
import { ApiBearerAuth, ApiOkResponse, ApiTags } from "@nestjs/swagger";
import { Costs } from "../auth/access.ts";
import { By, type Actor } from "../auth/actor.ts";
import { IdParam } from "../http/params.ts";
import { StandingDto } from "./standing.dto.ts";
import { StandingService } from "./standing.service.ts";

/** For a bank: a receipt, its lien, its lot, and how to see for oneself. */
@ApiTags("receipts")
@ApiBearerAuth()
@Costs(5)
@Controller("api/v1/receipts")
export class StandingController {
  constructor(private readonly standings: StandingService) {}

  @Get(":id/standing")
  @ApiOkResponse({ type: StandingDto })
  get(@By() by: Actor, @Param("id", IdParam) id: string): Promise<StandingDto> {
    return this.standings.of(by, id);
  }
}
