import { Module } from "@nestjs/common";
import type { Config } from "../config/config.ts";
import { CONFIG } from "../config/config.module.ts";
import { SecretBox } from "./secret-box.ts";
import { Sender } from "./sender.ts";
import { WebhookBacklog } from "./webhook-backlog.ts";
import { WebhookController } from "./webhook.controller.ts";
import { WebhookCourier } from "./webhook.courier.ts";
import { WebhookDeliveryService } from "./webhook-delivery.service.ts";
import "./webhook.errors.ts";
import { SENDER } from "./webhook.ports.ts";
import { WebhookService } from "./webhook.service.ts";

/** Milliseconds; Standard Webhooks recommends 15 to 30 s. */
const timeLimit = 15_000;

@Module({
  controllers: [WebhookController],
  providers: [
    WebhookService,
    WebhookDeliveryService,
    WebhookCourier,
    WebhookBacklog,
    {
      provide: SENDER,
      inject: [CONFIG],
      useFactory: ({ webhookPrivateAddresses }: Config) =>
        new Sender({ privateAddresses: webhookPrivateAddresses, timeLimit }),
    },
    {
      provide: SecretBox,
      inject: [CONFIG],
      useFactory: ({ keystorePassphrase, scryptCost }: Config) =>
        new SecretBox(keystorePassphrase, scryptCost),
    },
  ],
  exports: [WebhookCourier, WebhookBacklog],
})
export class WebhookModule {}
