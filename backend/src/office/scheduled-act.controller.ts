import { Controller, Get, Param, Post, Query } from "@nestjs/common";
import { ApiBearerAuth, ApiTags } from "@nestjs/swagger";
import { Roles } from "../auth/access.ts";
import { Changes } from "../command/command-route.ts";
import type { Effect } from "../command/effect.ts";
import { Intention, type Intent } from "../command/intent.ts";
import { ApiPage, type Page } from "../http/paging.ts";
import { IdParam } from "../http/params.ts";
import { ScheduledActDto, ScheduledActQuery } from "./scheduled-act.dto.ts";
import { ScheduledActService } from "./scheduled-act.service.ts";

@ApiTags("administration")
@ApiBearerAuth()
@Roles("operator", "supervisor", "guardian")
@Controller("api/v1/scheduled-acts")
export class ScheduledActController {
  constructor(private readonly acts: ScheduledActService) {}

  /**
   * What administration has scheduled, in the order of its times: what each would do, in words, and until when it can be
   * taken back; also what was scheduled past this house. For the offices.
   */
  @Get()
  @ApiPage(ScheduledActDto)
  list(@Query() query: ScheduledActQuery): Promise<Page<ScheduledActDto>> {
    return this.acts.list(query);
  }

  /** Takes back what is scheduled. For the guardian, and the office that has scheduled it. */
  @Post(":id/cancellation")
  @Changes(ScheduledActDto)
  cancel(@Intention() intent: Intent, @Param("id", IdParam) id: string): Promise<Effect> {
    return this.acts.cancel(intent, id);
  }
}
