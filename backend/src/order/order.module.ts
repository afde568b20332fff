import { Module } from "@nestjs/common";
import { Projectors } from "../projection/handlers.ts";
import { AcceptedOrderService } from "./accepted-order.service.ts";
import { DeliveryController } from "./delivery.controller.ts";
import { DeliveryService } from "./delivery.service.ts";
import { FetchingService } from "./fetching.service.ts";
import { OrderBatchLines } from "./order-batch.lines.ts";
import { OrderBatchService } from "./order-batch.service.ts";
import "./order-file.errors.ts";
import { OrderPreparation } from "./order-preparation.ts";
import { OrderReaders } from "./order-readers.ts";
import { OrderController } from "./order.controller.ts";
import "./order.errors.ts";
import { OrderPresenter } from "./order.presenter.ts";
import { orderProjector } from "./order.projector.ts";
import { OrderService } from "./order.service.ts";

@Module({
  controllers: [OrderController, DeliveryController],
  providers: [
    OrderReaders,
    OrderPresenter,
    OrderPreparation,
    OrderBatchLines,
    OrderBatchService,
    OrderService,
    AcceptedOrderService,
    DeliveryService,
    FetchingService,
  ],
  exports: [OrderReaders, OrderService, DeliveryService],
})
export class OrderModule {
  constructor(projectors: Projectors) {
    projectors.add(orderProjector);
  }
}
