import { Module } from "@nestjs/common";
import { OrderModule } from "../order/order.module.ts";
import { OrderReaders } from "../order/order-readers.ts";
import { Projectors } from "../projection/handlers.ts";
import { CapacityController } from "./capacity.controller.ts";
import { CapacityService } from "./capacity.service.ts";
import { goodsAreThere } from "./goods-are-there.ts";
import { ReceiptController } from "./receipt.controller.ts";
import { ReceiptPresenter } from "./receipt.presenter.ts";
import { ReceiptService } from "./receipt.service.ts";
import "./warehouse.errors.ts";
import { warehouseProjector } from "./warehouse.projector.ts";

@Module({
  imports: [OrderModule],
  controllers: [ReceiptController, CapacityController],
  providers: [ReceiptPresenter, ReceiptService, CapacityService],
  exports: [ReceiptService],
})
export class WarehouseModule {
  constructor(projectors: Projectors, readers: OrderReaders) {
    projectors.add(warehouseProjector);
    readers.add(goodsAreThere);
  }
}
