import { Global, Module } from "@nestjs/common";
import { NewKey } from "../party/new-key.ts";
import { CalendarService } from "./calendar.service.ts";
import { StandingMandates } from "./mandates.ts";
import { SandboxController } from "./sandbox.controller.ts";
import "./sandbox.errors.ts";

/** Only in an application whose configuration says `sandbox`: elsewhere these routes do not exist. */
@Global()
@Module({
  controllers: [SandboxController],
  providers: [CalendarService, { provide: NewKey, useClass: StandingMandates }],
  exports: [NewKey],
})
export class SandboxModule {}
