import { Module } from "@nestjs/common";
import { Projectors } from "../projection/handlers.ts";
import { ReceivableController } from "./receivable.controller.ts";
import "./receivable.errors.ts";
import { receivableProjector } from "./receivable.projector.ts";
import { ReceivableService } from "./receivable.service.ts";
import { ReceivableView } from "./receivable.view.ts";

@Module({
  controllers: [ReceivableController],
  providers: [ReceivableService, ReceivableView],
  exports: [ReceivableService],
})
export class ReceivableModule {
  constructor(projectors: Projectors) {
    projectors.add(receivableProjector);
  }
}
