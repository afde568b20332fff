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
import { Repair } from "./repair.ts";
import { Requests } from "./requests.ts";
import { ScheduledActs } from "./scheduled-acts.ts";
import { ScheduleReview } from "./schedule-review.ts";
import { Sender } from "./sender.ts";
import { Settlements } from "./settlements.ts";
import { Signatures } from "./signatures.ts";
import { Unsettled } from "./unsettled.ts";
import { WalletAnswers } from "./wallet-answers.ts";
import { WalletDesk } from "./wallet-desk.ts";

@Global()
@Module({
  controllers: [CommandController],
  providers: [
    Outbox,
    Unsettled,
    Settlements,
    Signatures,
    Repair,
    WalletDesk,
    ScheduleReview,
    ScheduledActs,
    Sender,
    WalletAnswers,
    CommandWorker,
    CommandService,
    Approvals,
    CommandBacklog,
    CommandQueue,
    KeyLock,
    Requests,
    { provide: APP_INTERCEPTOR, useClass: CommandInterceptor },
  ],
  exports: [CommandService, ScheduledActs, CommandWorker, CommandBacklog, Requests],
})
export class CommandModule {}
