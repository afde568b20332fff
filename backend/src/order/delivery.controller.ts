import { Body, Controller, Get, HttpCode, Param, Post } from "@nestjs/common";
import { ApiBearerAuth, ApiOkResponse, ApiTags } from "@nestjs/swagger";
import { Roles, Scoped } from "../auth/access.ts";
import { By, type Actor } from "../auth/actor.ts";
import { Changes, CommandHeaders, Creates } from "../command/command-route.ts";
import type { Effect } from "../command/effect.ts";
import { Intention, type Intent } from "../command/intent.ts";
import { ConsentDto } from "../consent/consent.dto.ts";
import { IdParam } from "../http/params.ts";
import {
  AcceptDeliveryDto,
  DeliveryDto,
  DespatchDto,
  FetchDto,
  ReleaseDto,
} from "./delivery.dto.ts";
import { DeliveryNumberParam } from "./delivery-number.ts";
import { DeliveryService } from "./delivery.service.ts";
import { FetchingService } from "./fetching.service.ts";

@ApiTags("deliveries")
@ApiBearerAuth()
@Scoped("orders")
@Controller("api/v1/orders/:id/deliveries")
export class DeliveryController {
  constructor(
    private readonly deliveries: DeliveryService,
    private readonly fetching: FetchingService,
  ) {}

  /** All deliveries of an order, by number. */
  @Get()
  @ApiOkResponse({ type: DeliveryDto, isArray: true })
  list(@By() by: Actor, @Param("id", IdParam) id: string): Promise<DeliveryDto[]> {
    return this.deliveries.list(by, id);
  }

  /** Despatches goods from a receipt that is earmarked for the order, or from the field. For its seller. */
  @Post()
  @Roles("cooperative")
  @Creates(DeliveryDto)
  despatch(
    @Intention() intent: Intent,
    @Param("id", IdParam) id: string,
    @Body() body: DespatchDto,
  ): Promise<Effect> {
    return this.deliveries.despatch(intent, id, body);
  }

  /** Signs the release of earmarked goods, for the buyer to fetch them by. For the order's seller. */
  @Post("release")
  @Roles("cooperative")
  @HttpCode(200)
  @CommandHeaders()
  @ApiOkResponse({ type: ConsentDto })
  release(
    @Intention() intent: Intent,
    @Param("id", IdParam) id: string,
    @Body() body: ReleaseDto,
  ): Promise<ConsentDto> {
    return this.fetching.release(intent, id, body);
  }

  /** Fetches goods by the seller's signed release: despatched and accepted, all of them, at once. For the order's buyer. */
  @Post("fetched")
  @Roles("buyer")
  @Creates(DeliveryDto)
  fetch(
    @Intention() intent: Intent,
    @Param("id", IdParam) id: string,
    @Body() body: FetchDto,
  ): Promise<Effect> {
    return this.fetching.fetch(intent, id, body);
  }

  /** Calls a despatch back before the buyer answers. For the seller, or the warehouse for one of its own. */
  @Post(":number/recall")
  @Roles("cooperative", "warehouse")
  @Changes(DeliveryDto)
  recall(
    @Intention() intent: Intent,
    @Param("id", IdParam) id: string,
    @Param("number", DeliveryNumberParam) number: number,
  ): Promise<Effect> {
    return this.deliveries.recall(intent, id, number);
  }

  /** Takes all, some or none of a delivery; what is taken is owed. For the order's buyer. */
  @Post(":number/acceptance")
  @Roles("buyer")
  @Changes(DeliveryDto)
  accept(
    @Intention() intent: Intent,
    @Param("id", IdParam) id: string,
    @Param("number", DeliveryNumberParam) number: number,
    @Body() { quantity }: AcceptDeliveryDto,
  ): Promise<Effect> {
    return this.deliveries.accept(intent, id, number, quantity);
  }

  /** Records that the buyer stayed silent for the inspection period. For anyone who is signed in. */
  @Post(":number/deemed-acceptance")
  @Changes(DeliveryDto)
  deemAccepted(
    @Intention() intent: Intent,
    @Param("id", IdParam) id: string,
    @Param("number", DeliveryNumberParam) number: number,
  ): Promise<Effect> {
    return this.deliveries.deemAccepted(intent, id, number);
  }
}
