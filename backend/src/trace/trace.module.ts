import { Module } from "@nestjs/common";
import { EpcisModule } from "../epcis/epcis.module.ts";
import { EventLedger } from "./event-ledger.ts";
import { ReceiptTies } from "./receipt-ties.ts";
import { TraceController } from "./trace.controller.ts";
import { TraceStarts } from "./trace-start.ts";
import { TraceService } from "./trace.service.ts";

@Module({
  imports: [EpcisModule],
  controllers: [TraceController],
  providers: [EventLedger, ReceiptTies, TraceService, TraceStarts],
  exports: [TraceService],
})
export class TraceModule {}
