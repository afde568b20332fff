import { Module } from "@nestjs/common";
import { OrderModule } from "../order/order.module.ts";
import { OrderReaders } from "../order/order-readers.ts";
import { Projectors } from "../projection/handlers.ts";
import { holdsAReceivable } from "./holds-a-receivable.ts";
import { ReceivableController } from "./receivable.controller.ts";
import "./receivable.errors.ts";
import { receivableProjector } from "./receivable.projector.ts";
import { ReceivableService } from "./receivable.service.ts";
import { ReceivableView } from "./receivable.view.ts";

@Module({
  imports: [OrderModule],
  controllers: [ReceivableController],
  providers: [ReceivableService, ReceivableView],
  exports: [ReceivableService],
})
export class ReceivableModule {
  constructor(projectors: Projectors, readers: OrderReaders) {
    projectors.add(receivableProjector);
    readers.add(holdsAReceivable);
  }
}
