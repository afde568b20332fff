import { Module } from "@nestjs/common";
import { EventLedger } from "./event-ledger.ts";
import { ReceiptTies } from "./receipt-ties.ts";
import { TraceStarts } from "./trace-start.ts";
import { TraceService } from "./trace.service.ts";

@Module({
  providers: [EventLedger, ReceiptTies, TraceService, TraceStarts],
  exports: [TraceService],
})
export class TraceModule {}
