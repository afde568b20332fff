import { Module } from "@nestjs/common";
import { LienModule } from "../lien/lien.module.ts";
import { OrderModule } from "../order/order.module.ts";
import { ReceivableModule } from "../receivable/receivable.module.ts";
import { TraceModule } from "../trace/trace.module.ts";
import { WarehouseModule } from "../warehouse/warehouse.module.ts";
import { ClaimController } from "./claim.controller.ts";
import { ClaimService } from "./claim.service.ts";
import { ProvenanceController } from "./provenance.controller.ts";
import { ProvenanceService } from "./provenance.service.ts";

@Module({
  imports: [OrderModule, WarehouseModule, ReceivableModule, LienModule, TraceModule],
  controllers: [ClaimController, ProvenanceController],
  providers: [ClaimService, ProvenanceService],
  exports: [ClaimService],
})
export class ProvenanceModule {}
