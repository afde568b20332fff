import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from "@nestjs/common";
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiExtraModels,
  ApiOkResponse,
  ApiTags,
  getSchemaPath,
} from "@nestjs/swagger";
import { Costs, Roles, Scoped } from "../auth/access.ts";
import { By, type Actor } from "../auth/actor.ts";
import { CommandDto } from "../command/command.dto.ts";
import { Changes, CommandHeaders, Creates } from "../command/command-route.ts";
import type { Effect } from "../command/effect.ts";
import { Intention, type Intent } from "../command/intent.ts";
import { ConsentDto } from "../consent/consent.dto.ts";
import { ApiPage, type Page } from "../http/paging.ts";
import { IdParam } from "../http/params.ts";
import { LargeBody } from "../http/server.ts";
import { AcceptedOrderService } from "./accepted-order.service.ts";
import { BodyOrNone } from "./body-or-none.ts";
import { BatchAnswerDto, BatchDto, BatchQuery } from "./order-batch.dto.ts";
import { OrderBatchService } from "./order-batch.service.ts";
import {
  AcceptOrderDto,
  ConsentToOrderDto,
  IssueAcceptedOrderDto,
  IssueOrderDto,
  OrderDto,
  OrderQuery,
} from "./order.dto.ts";
import { OrderService } from "./order.service.ts";

interface FileRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
}

@ApiTags("orders")
@ApiBearerAuth()
@Scoped("orders")
@Controller("api/v1/orders")
export class OrderController {
  constructor(
    private readonly orders: OrderService,
    private readonly batches: OrderBatchService,
    private readonly accepted: AcceptedOrderService,
  ) {}

  /** The orders that the caller is a side of, or has goods or money in; in the order of their issue. */
  @Get()
  @ApiPage(OrderDto)
  list(@By() by: Actor, @Query() query: OrderQuery): Promise<Page<OrderDto>> {
    return this.orders.list(by, query);
  }

  /** Issues an order to a cooperative; the same order again is answered with the one on record. For a buyer. */
  @Post()
  @Roles("buyer")
  @HttpCode(200)
  @Creates(OrderDto, "with the same terms")
  issue(@Intention() intent: Intent, @Body() body: IssueOrderDto): Promise<Effect | OrderDto> {
    return this.orders.issue(intent, body);
  }

  /**
   * Signs the acceptance of an order that is not issued yet, for its buyer to issue it with. For the cooperative that it
   * goes to.
   */
  @Post("consent")
  @Roles("cooperative")
  @HttpCode(200)
  @CommandHeaders()
  @ApiOkResponse({ type: ConsentDto })
  consent(@Intention() intent: Intent, @Body() body: ConsentToOrderDto): Promise<ConsentDto> {
    return this.accepted.consent(intent, body);
  }

  /** Issues an order together with its seller's signed acceptance: it is accepted at once. For a buyer. */
  @Post("accepted")
  @Roles("buyer")
  @HttpCode(200)
  @Creates(OrderDto, "with the same terms")
  issueAccepted(
    @Intention() intent: Intent,
    @Body() body: IssueAcceptedOrderDto,
  ): Promise<Effect | OrderDto> {
    return this.accepted.issue(intent, body);
  }

  /**
   * Issues many orders: JSON, a UBL 2.x `Order` whose every `OrderLine` is an order, or CSV whose columns are called as
   * the fields of an order. Each has its own result. For a buyer.
   */
  @Post("batch")
  @Costs(20)
  @Roles("buyer")
  @HttpCode(200)
  @LargeBody()
  @CommandHeaders()
  @ApiConsumes("application/json", "application/xml", "text/csv")
  @ApiExtraModels(BatchDto)
  @ApiBody({
    schema: {
      oneOf: [
        { $ref: getSchemaPath(BatchDto) },
        { type: "string", description: "UBL 2.x `Order` in XML, or CSV with a header row" },
      ],
    },
  })
  @ApiOkResponse({ type: BatchAnswerDto })
  @ApiAcceptedResponse({ type: CommandDto })
  issueMany(
    @Intention() intent: Intent,
    @Body() body: unknown,
    @Req() { headers }: FileRequest,
    @Query() query: BatchQuery,
  ): Promise<BatchAnswerDto | Effect> {
    return this.batches.issue(intent, body, headers["content-type"] ?? "", query);
  }

  /** Accepts all terms of an order: only then it exists for financing. For its seller. */
  @Post(":id/acceptance")
  @Roles("cooperative")
  @Changes(OrderDto)
  @ApiBody({ type: AcceptOrderDto, required: false })
  accept(
    @Intention() intent: Intent,
    @Param("id", IdParam) id: string,
    @Body(BodyOrNone.of(AcceptOrderDto)) { termsHash }: Partial<AcceptOrderDto>,
  ): Promise<Effect> {
    return this.orders.accept(intent, id, termsHash);
  }

  /**
   * Cancels an order, or what is undelivered of it. Before acceptance either side does, afterwards both have to. For
   * its buyer or its seller.
   */
  @Post(":id/cancellation")
  @Roles("buyer", "cooperative")
  @Changes(OrderDto)
  cancel(@Intention() intent: Intent, @Param("id", IdParam) id: string): Promise<Effect> {
    return this.orders.cancel(intent, id);
  }

  /** Ends the undelivered rest, from 30 days after `deliverBy`. For its buyer. */
  @Post(":id/lapse")
  @Roles("buyer")
  @Changes(OrderDto)
  lapse(@Intention() intent: Intent, @Param("id", IdParam) id: string): Promise<Effect> {
    return this.orders.lapse(intent, id);
  }
}
