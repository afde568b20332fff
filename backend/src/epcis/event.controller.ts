import {
  Controller,
  Get,
  HttpCode,
  Options,
  Param,
  Query,
  Req,
  Res,
  UseInterceptors,
} from "@nestjs/common";
import { ApiBearerAuth, ApiTags } from "@nestjs/swagger";
import type { FastifyReply, FastifyRequest } from "fastify";
import { partiesRead } from "../audit/parties-read.ts";
import { Costs } from "../auth/access.ts";
import { By, type Actor } from "../auth/actor.ts";
import { ChainClock } from "../chain/clock.ts";
import { DomainError } from "../chain/domain-error.ts";
import { collection, linkNext, queryDocument } from "./answers.ts";
import { ApiCollection, ApiDiscovery, ApiEvents } from "./documentation.ts";
import type { JsonObject } from "../proof/event.ts";
import { EventQueryService } from "./event-query.service.ts";
import { discovery, epcFormat, Negotiation } from "./negotiation.ts";
import type { RawQuery } from "./query-parameters.ts";

/** What the interface has at its top; `queries` is not covered. */
const topLevel = [
  ...["events", "eventTypes", "epcs", "bizSteps", "bizLocations", "readPoints", "dispositions"],
  "capture",
];
const readable = [
  ...["", "capture/:captureID", "events/:eventID"],
  ...topLevel
    .filter((name) => name !== "events" && name !== "capture")
    .flatMap((name) => [name, `${name}/:value`, `${name}/:value/events`]),
];

/** The query interface of EPCIS 2.0: SimpleEventQuery over HTTP, and discovery. */
@ApiTags("epcis")
@ApiBearerAuth()
@UseInterceptors(Negotiation)
@Controller("epcis")
export class EventController {
  constructor(
    private readonly events: EventQueryService,
    private readonly clock: ChainClock,
  ) {}

  @Get()
  @ApiCollection()
  top(): JsonObject {
    return collection(topLevel);
  }

  @Options(readable)
  @HttpCode(204)
  @ApiDiscovery()
  discover(@Res({ passthrough: true }) reply: FastifyReply): void {
    discovery(reply, "OPTIONS, GET");
  }

  @Options(["events", "capture"])
  @HttpCode(204)
  @ApiDiscovery()
  discoverWritable(@Res({ passthrough: true }) reply: FastifyReply): void {
    discovery(reply, "OPTIONS, GET, POST");
  }

  /** Events by the parameters of SimpleEventQuery. */
  @Get("events")
  @ApiEvents()
  @Costs(5)
  async find(
    @By() by: Actor,
    @Query() query: RawQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<JsonObject> {
    const { rows, nextPageToken } = await this.events.find(by, query);
    partiesRead(request, rows);
    linkNext(reply, request.url, nextPageToken);
    return queryDocument(rows, { now: this.#now(), format: epcFormat(request.headers) });
  }

  /** An event, with what has been said of it later under the same id. */
  @Get("events/:eventID")
  @ApiEvents()
  async get(@Param("eventID") id: string, @Req() request: FastifyRequest): Promise<JsonObject> {
    const rows = await this.events.ofId(id);
    if (rows.length === 0) throw new DomainError("NotFound");
    partiesRead(request, rows);
    return queryDocument(rows, { now: this.#now(), format: epcFormat(request.headers) });
  }

  #now(): number {
    return this.clock.now() * 1000;
  }
}
