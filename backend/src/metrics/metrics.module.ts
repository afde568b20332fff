import { Module } from "@nestjs/common";
import { WebhookModule } from "../webhook/webhook.module.ts";
import { Gauges } from "./gauges.ts";
import { MetricsController } from "./metrics.controller.ts";

@Module({
  imports: [WebhookModule],
  controllers: [MetricsController],
  providers: [Gauges],
  exports: [Gauges],
})
export class MetricsModule {}
