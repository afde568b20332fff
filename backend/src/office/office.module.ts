import { Global, Module } from "@nestjs/common";
import { Schedules } from "../command/schedules.ts";
import { Projectors } from "../projection/handlers.ts";
import "./office.errors.ts";
import { ProjectedSchedules } from "./projected-schedules.ts";
import { ScheduledActController } from "./scheduled-act.controller.ts";
import { scheduledActProjector } from "./scheduled-act.projector.ts";
import { ScheduledActService } from "./scheduled-act.service.ts";

@Global()
@Module({
  controllers: [ScheduledActController],
  providers: [ScheduledActService, { provide: Schedules, useClass: ProjectedSchedules }],
  exports: [Schedules],
})
export class OfficeModule {
  constructor(projectors: Projectors) {
    projectors.add(scheduledActProjector);
  }
}
