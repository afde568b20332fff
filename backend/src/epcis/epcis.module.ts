import { Module } from "@nestjs/common";
import { CaptureController } from "./capture.controller.ts";
import { CaptureJobService } from "./capture-job.service.ts";
import { CaptureService } from "./capture.service.ts";
import "./epcis.errors.ts";
import { EventController } from "./event.controller.ts";
import { EventHistory } from "./event-history.ts";
import { EventQueryService } from "./event-query.service.ts";
import { EventRecord } from "./event-record.ts";
import { LocationController } from "./location.controller.ts";
import { LocationService } from "./location.service.ts";
import { MemberController } from "./member.controller.ts";
import { MemberService } from "./member.service.ts";

@Module({
  controllers: [CaptureController, EventController, MemberController, LocationController],
  providers: [
    CaptureService,
    CaptureJobService,
    EventHistory,
    EventQueryService,
    EventRecord,
    LocationService,
    MemberService,
  ],
  exports: [CaptureService, EventHistory, EventQueryService],
})
export class EpcisModule {}
