import { Global, Module } from "@nestjs/common";
import { APP_GUARD } from "@nestjs/core";
import { EventController } from "./event.controller.ts";
import { EventRecord } from "./event-record.service.ts";
import { FreshnessGuard } from "./freshness.guard.ts";
import { Projectors } from "./handlers.ts";
import { ProjectionEngine } from "./projection.engine.ts";

@Global()
@Module({
  controllers: [EventController],
  providers: [
    Projectors,
    ProjectionEngine,
    EventRecord,
    { provide: APP_GUARD, useClass: FreshnessGuard },
  ],
  exports: [Projectors, ProjectionEngine, EventRecord],
})
export class ProjectionModule {}
