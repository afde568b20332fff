import { Body, Controller, Get, Post } from "@nestjs/common";
import { ApiBearerAuth, ApiOkResponse, ApiTags } from "@nestjs/swagger";
import { Roles, Scoped } from "../auth/access.ts";
import { Changes } from "../command/command-route.ts";
import type { Effect } from "../command/effect.ts";
import { Intention, type Intent } from "../command/intent.ts";
import { OriginationService } from "./origination.service.ts";
import { OriginationDto, PauseDto, RetirementDto } from "./party.dto.ts";

@ApiTags("administration")
@ApiBearerAuth()
@Scoped("administration")
@Controller("api/v1/origination")
export class OriginationController {
  constructor(private readonly origination: OriginationService) {}

  /** Whether anything new can be originated. Paying, repaying and releasing always can. */
  @Get()
  @ApiOkResponse({ type: OriginationDto })
  get(): Promise<OriginationDto> {
    return this.origination.get();
  }

  /** Pauses originating for all, at once, or lifts the pause. For the supervisor. */
  @Post("pause")
  @Roles("supervisor")
  @Changes(OriginationDto)
  pause(@Intention() intent: Intent, @Body() { paused }: PauseDto): Promise<Effect> {
    return this.origination.setPaused(intent, paused);
  }

  /** Ends originating for good. For the operator. */
  @Post("retirement")
  @Roles("operator")
  @Changes(OriginationDto)
  retire(@Intention() intent: Intent, @Body() { deployment }: RetirementDto): Promise<Effect> {
    return this.origination.retire(intent, deployment);
  }
}
