import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from "@nestjs/common";
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
} from "@nestjs/swagger";
import { By, type Actor } from "../auth/actor.ts";
import { CommandHeaders } from "../command/command-route.ts";
import { Intention, type Intent } from "../command/intent.ts";
import { ApiPage, PageQuery, type Page } from "../http/paging.ts";
import {
  ChangedWebhookDto,
  NewWebhookDto,
  ReplayDto,
  ReplayedDto,
  WebhookDeliveryDto,
  WebhookDeliveryQuery,
  WebhookDto,
  WebhookTestDto,
  WebhookWithSecretDto,
} from "./webhook.dto.ts";
import { WebhookDeliveryService } from "./webhook-delivery.service.ts";
import { WebhookService } from "./webhook.service.ts";

@ApiTags("webhooks")
@ApiBearerAuth()
@Controller("api/v1/webhooks")
export class WebhookController {
  constructor(
    private readonly webhooks: WebhookService,
    private readonly deliveries: WebhookDeliveryService,
  ) {}

  /** The caller's own. */
  @Get()
  @ApiPage(WebhookDto)
  list(@By() by: Actor, @Query() query: PageQuery): Promise<Page<WebhookDto>> {
    return this.webhooks.list(by, query);
  }

  /**
   * Has what touches the caller sent to an address, from now on, when it is final. The same idempotency key again is
   * answered with the same webhook, and its secret of today.
   */
  @Post()
  @CommandHeaders()
  @ApiCreatedResponse({ type: WebhookWithSecretDto })
  create(@Intention() intent: Intent, @Body() body: NewWebhookDto): Promise<WebhookWithSecretDto> {
    return this.webhooks.create(intent, body);
  }

  @Get(":id")
  @ApiOkResponse({ type: WebhookDto })
  get(@By() by: Actor, @Param("id") id: string): Promise<WebhookDto> {
    return this.webhooks.get(by, id);
  }

  /** Changes all of it but the secret; enables it again. */
  @Put(":id")
  @ApiOkResponse({ type: WebhookDto })
  change(
    @By() by: Actor,
    @Param("id") id: string,
    @Body() body: ChangedWebhookDto,
  ): Promise<WebhookDto> {
    return this.webhooks.change(by, id, body);
  }

  @Delete(":id")
  @HttpCode(204)
  @ApiNoContentResponse()
  remove(@By() by: Actor, @Param("id") id: string): Promise<void> {
    return this.webhooks.remove(by, id);
  }

  /**
   * A new secret; for a day the one before signs beside it. The same idempotency key again is answered with the secret
   * of today, and makes no other.
   */
  @Post(":id/secret")
  @HttpCode(200)
  @CommandHeaders()
  @ApiOkResponse({ type: WebhookWithSecretDto })
  rotateSecret(
    @Intention() intent: Intent,
    @Param("id") id: string,
  ): Promise<WebhookWithSecretDto> {
    return this.webhooks.rotateSecret(intent, id);
  }

  /** Sends a message of type `test` and answers with what came of it. */
  @Post(":id/test")
  @HttpCode(200)
  @ApiOkResponse({ type: WebhookTestDto })
  test(@By() by: Actor, @Param("id") id: string): Promise<WebhookTestDto> {
    return this.webhooks.test(by, id);
  }

  /** What was sent in the last 30 days, and what is to be sent again. */
  @Get(":id/deliveries")
  @ApiPage(WebhookDeliveryDto)
  listDeliveries(
    @By() by: Actor,
    @Param("id") id: string,
    @Query() query: WebhookDeliveryQuery,
  ): Promise<Page<WebhookDeliveryDto>> {
    return this.deliveries.list(by, id, query);
  }

  /** Sends again: one event, all since a time, or all that were given up. */
  @Post(":id/replay")
  @HttpCode(202)
  @ApiAcceptedResponse({ type: ReplayedDto })
  replay(@By() by: Actor, @Param("id") id: string, @Body() body: ReplayDto): Promise<ReplayedDto> {
    return this.deliveries.replay(by, id, body);
  }
}
