import { Controller, Get, Res } from "@nestjs/common";
import { ApiOkResponse, ApiServiceUnavailableResponse, ApiTags } from "@nestjs/swagger";
import type { FastifyReply } from "fastify";
import { Public } from "../auth/access.ts";
import { LiveDto, ReadyDto } from "./health.dto.ts";
import { HealthService } from "./health.service.ts";

@ApiTags("health")
@Controller("health")
@Public()
export class HealthController {
  constructor(private readonly health: HealthService) {}

  /** Whether the process answers at all: what to restart it by. */
  @Get("live")
  @ApiOkResponse({ type: LiveDto })
  live(): LiveDto {
    return { live: true };
  }

  /** Whether it is fit to be asked: what to send it requests by. */
  @Get(["", "ready"])
  @ApiOkResponse({ type: ReadyDto })
  @ApiServiceUnavailableResponse({ type: ReadyDto, description: "not ready, and why" })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadyDto> {
    const state = await this.health.ready();
    reply.status(state.ready ? 200 : 503);
    return state;
  }
}
