import {
  Controller,
  Get,
  Param,
  Query,
  Req,
  Res,
  UseInterceptors,
  type PipeTransform,
} from "@nestjs/common";
import { ApiBearerAuth, ApiParam, ApiTags } from "@nestjs/swagger";
import type { FastifyReply, FastifyRequest } from "fastify";
import { partiesRead } from "../audit/parties-read.ts";
import { Costs } from "../auth/access.ts";
import { By, type Actor } from "../auth/actor.ts";
import { ChainClock } from "../chain/clock.ts";
import { DomainError } from "../chain/domain-error.ts";
import { collection, linkNext, queryDocument } from "./answers.ts";
import { ApiCollection, ApiEvents } from "./documentation.ts";
import { memberKinds, type MemberKind } from "./epcis.entity.ts";
import type { JsonObject } from "../proof/event.ts";
import { EventQueryService } from "./event-query.service.ts";
import { MemberService } from "./member.service.ts";
import { epcFormat, Negotiation } from "./negotiation.ts";
import type { RawQuery } from "./query-parameters.ts";

class MemberKindParam implements PipeTransform<string, MemberKind> {
  transform(value: string): MemberKind {
    const kind = memberKinds.find((one) => one === value);
    if (kind === undefined) throw new DomainError("NoSuchRoute");
    return kind;
  }
}

const kindParameter = ApiParam({ name: "kind", enum: memberKinds });

/** The values that events have had, each with its events. */
@ApiTags("epcis")
@ApiBearerAuth()
@UseInterceptors(Negotiation)
@Controller("epcis")
export class MemberController {
  constructor(
    private readonly members: MemberService,
    private readonly events: EventQueryService,
    private readonly clock: ChainClock,
  ) {}

  @Get(":kind")
  @kindParameter
  @ApiCollection()
  async list(
    @By() by: Actor,
    @Param("kind", MemberKindParam) kind: MemberKind,
    @Query() query: RawQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<JsonObject> {
    const { values, nextPageToken } = await this.members.list(by, kind, query);
    linkNext(reply, request.url, nextPageToken);
    return collection(values);
  }

  @Get(":kind/:value")
  @kindParameter
  @ApiCollection()
  async one(
    @Param("kind", MemberKindParam) kind: MemberKind,
    @Param("value") value: string,
  ): Promise<JsonObject> {
    await this.members.require(kind, value);
    return collection(["events"]);
  }

  /** The events that have a value, narrowed by the parameters of SimpleEventQuery. */
  @Get(":kind/:value/events")
  @kindParameter
  @ApiEvents()
  @Costs(5)
  async eventsOf(
    @By() by: Actor,
    @Param("kind", MemberKindParam) kind: MemberKind,
    @Param("value") value: string,
    @Query() query: RawQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<JsonObject> {
    const narrowed = await this.members.narrow(kind, value, query);
    const { rows, nextPageToken } = await this.events.find(by, narrowed);
    partiesRead(request, rows);
    linkNext(reply, request.url, nextPageToken);
    const now = this.clock.now() * 1000;
    return queryDocument(rows, { now, format: epcFormat(request.headers) });
  }
}
