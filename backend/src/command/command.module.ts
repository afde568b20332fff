import { Global, Module } from "@nestjs/common";
import { APP_INTERCEPTOR } from "@nestjs/core";
import { CommandController } from "./command.controller.ts";
import { CommandInterceptor } from "./command.interceptor.ts";
import { CommandService } from "./command.service.ts";
import { CommandWorker } from "./command.worker.ts";
import { KeyLock, ProcessKeyLock } from "./key-lock.ts";
import { Outbox } from "./outbox.ts";
import { Repair } from "./repair.ts";
import { Sender } from "./sender.ts";
import { Signatures } from "./signatures.ts";
import { WalletAnswers } from "./wallet-answers.ts";
import { WalletDesk } from "./wallet-desk.ts";

@Global()
@Module({
  controllers: [CommandController],
  providers: [
    Outbox,
    Signatures,
    Repair,
    WalletDesk,
    Sender,
    WalletAnswers,
    CommandWorker,
    CommandService,
    { provide: KeyLock, useClass: ProcessKeyLock },
    { provide: APP_INTERCEPTOR, useClass: CommandInterceptor },
  ],
  exports: [CommandService, CommandWorker],
})
export class CommandModule {}
