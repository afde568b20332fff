import {
  Body,
  Controller,
  Get,
  Headers,
  HttpCode,
  Param,
  Post,
  Query,
  Req,
  Res,
  UnsupportedMediaTypeException,
  UseInterceptors,
  type PipeTransform,
} from "@nestjs/common";
import { ApiBearerAuth, ApiTags } from "@nestjs/swagger";
import type { FastifyReply, FastifyRequest } from "fastify";
import { Costs, Scoped } from "../auth/access.ts";
import { By, type Actor } from "../auth/actor.ts";
import { BadInput } from "../http/bad-input.ts";
import { LargeBody } from "../http/server.ts";
import { linkNext } from "./answers.ts";
import { CaptureJobService } from "./capture-job.service.ts";
import { CaptureService } from "./capture.service.ts";
import {
  ApiAccepted,
  ApiCaptured,
  ApiCaptureJob,
  ApiCaptureJobs,
  ApiDocumentBody,
  ApiEventBody,
} from "./documentation.ts";
import { errorBehaviours } from "./epcis.entity.ts";
import type { Json, JsonObject } from "../proof/event.ts";
import { Negotiation } from "./negotiation.ts";
import type { RawQuery } from "./query-parameters.ts";
import { parseStored } from "./stored-event.ts";

/** Text that came as another type is a string by now. */
class JsonBody implements PipeTransform<Json, Json> {
  transform(body: Json): Json {
    if (typeof body === "string") {
      throw new UnsupportedMediaTypeException("Events come as application/json.");
    }
    return body;
  }
}

/** The capture interface of EPCIS 2.0. */
@ApiTags("epcis")
@ApiBearerAuth()
@Scoped("provenance")
@UseInterceptors(Negotiation)
@Controller("epcis")
export class CaptureController {
  constructor(
    private readonly captures: CaptureService,
    private readonly jobs: CaptureJobService,
  ) {}

  /** Captures the events of an EPCISDocument or EPCISQueryDocument. */
  @Post("capture")
  @Costs(20)
  @HttpCode(202)
  @LargeBody()
  @ApiDocumentBody()
  @ApiAccepted()
  async capture(
    @By() by: Actor,
    @Body(JsonBody) document: Json,
    @Headers("gs1-capture-error-behaviour") behaviour: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<JsonObject> {
    const chosen = errorBehaviours.find((one) => one === (behaviour ?? "rollback"));
    if (chosen === undefined) {
      throw new BadInput(
        [{ parameter: "GS1-Capture-Error-Behaviour", detail: "must be rollback or proceed" }],
        "EpcisValidation",
      );
    }
    const id = await this.captures.capture(by, document, chosen);
    reply.header("location", `/epcis/capture/${id}`);
    return this.jobs.get(by, id);
  }

  /** The caller's captures, the newest first. */
  @Get("capture")
  @ApiCaptureJobs()
  async list(
    @By() by: Actor,
    @Query() query: RawQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<JsonObject[]> {
    const { jobs, nextPageToken } = await this.jobs.list(by, query);
    linkNext(reply, request.url, nextPageToken);
    return jobs;
  }

  @Get("capture/:captureID")
  @ApiCaptureJob()
  job(@By() by: Actor, @Param("captureID") id: string): Promise<JsonObject> {
    return this.jobs.get(by, id);
  }

  /** Captures one event, which brings its own `@context`. */
  @Post("events")
  @HttpCode(201)
  @LargeBody()
  @ApiEventBody()
  @ApiCaptured()
  async captureOne(
    @By() by: Actor,
    @Body(JsonBody) event: Json,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<JsonObject> {
    const { eventId, body } = await this.captures.captureOne(by, event);
    reply.header("location", `/epcis/events/${encodeURIComponent(eventId)}`);
    return parseStored(body);
  }
}
