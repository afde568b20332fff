import { Controller, Get, Res } from "@nestjs/common";
import { ApiOkResponse, ApiServiceUnavailableResponse, ApiTags } from "@nestjs/swagger";
import type { FastifyReply } from "fastify";
import { Public } from "../auth/access.ts";
import { FlagField, IntegerField, TextField } from "../http/fields.ts";
import { ProjectionEngine } from "./projection.engine.ts";

export class LiveDto {
  @FlagField()
  live!: boolean;
}

export class ReadyDto {
  @FlagField({ description: "whether answers are fresh" })
  ready!: boolean;

  @IntegerField({ description: "last block on record" })
  block!: number;

  @IntegerField({ description: "the chain's head when last seen" })
  head!: number;

  @IntegerField({ description: "blocks between the two" })
  lag!: number;

  @TextField({ nullable: true, description: "what keeps it from being ready" })
  problem!: string | null;
}

const tolerated = 10;

@ApiTags("health")
@Controller("health")
@Public()
export class HealthController {
  constructor(private readonly projection: ProjectionEngine) {}

  @Get("live")
  @ApiOkResponse({ type: LiveDto })
  live(): LiveDto {
    return { live: true };
  }

  @Get(["", "ready"])
  @ApiOkResponse({ type: ReadyDto })
  @ApiServiceUnavailableResponse({ type: ReadyDto, description: "not ready, and why" })
  ready(@Res({ passthrough: true }) reply: FastifyReply): ReadyDto {
    const { block, head, halted, fault } = this.projection.status;
    const lag = Math.max(head - block, 0);
    const problem = halted ?? fault ?? (lag > tolerated ? "The record is behind the chain." : null);
    reply.status(problem === null ? 200 : 503);
    return { ready: problem === null, block, head, lag, problem };
  }
}
