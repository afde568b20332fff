import { Global, Module } from "@nestjs/common";
import { APP_INTERCEPTOR } from "@nestjs/core";
import { Approvals } from "./approvals.ts";
import { CommandController } from "./command.controller.ts";
import { CommandInterceptor } from "./command.interceptor.ts";
import { CommandService } from "./command.service.ts";
import { CommandWorker } from "./command.worker.ts";
import { KeyLock, ProcessKeyLock } from "./key-lock.ts";
import { Outbox } from "./outbox.ts";

@Global()
@Module({
  controllers: [CommandController],
  providers: [
    Outbox,
    CommandWorker,
    CommandService,
    Approvals,
    { provide: KeyLock, useClass: ProcessKeyLock },
    { provide: APP_INTERCEPTOR, useClass: CommandInterceptor },
  ],
  exports: [CommandService, CommandWorker],
})
export class CommandModule {}
