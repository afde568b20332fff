import { Global, Module } from "@nestjs/common";
import { APP_INTERCEPTOR } from "@nestjs/core";
import { Approvals } from "./approvals.ts";
import { CommandBacklog } from "./command-backlog.ts";
import { CommandController } from "./command.controller.ts";
import { CommandInterceptor } from "./command.interceptor.ts";
import { CommandQueue } from "./command-queue.ts";
import { CommandService } from "./command.service.ts";
import { CommandWorker } from "./command.worker.ts";
import { KeyLock } from "./key-lock.ts";
import { Outbox } from "./outbox.ts";

@Global()
@Module({
  controllers: [CommandController],
  providers: [
    Outbox,
    CommandWorker,
    CommandService,
    Approvals,
    CommandBacklog,
    CommandQueue,
    KeyLock,
    { provide: APP_INTERCEPTOR, useClass: CommandInterceptor },
  ],
  exports: [CommandService, CommandWorker, CommandBacklog],
})
export class CommandModule {}
