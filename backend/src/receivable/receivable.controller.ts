import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Res } from "@nestjs/common";
import { ApiBearerAuth, ApiOkResponse, ApiProduces, ApiQuery, ApiTags } from "@nestjs/swagger";
import type { FastifyReply } from "fastify";
import { Costs, Roles, Scoped } from "../auth/access.ts";
import { By, type Actor } from "../auth/actor.ts";
import { Changes, CommandHeaders } from "../command/command-route.ts";
import type { Effect } from "../command/effect.ts";
import { Intention, type Intent } from "../command/intent.ts";
import { ConsentDto } from "../consent/consent.dto.ts";
import { wantsCsv } from "../http/accept.ts";
import { sendCsv, type CsvColumns } from "../http/csv.ts";
import { ApiPage, type Page } from "../http/paging.ts";
import { AsOfParam, IdParam } from "../http/params.ts";
import {
  AssignmentBody,
  ContestBody,
  OfferBody,
  PaymentBody,
  ReceivableDto,
  ReceivableListQuery,
  RulingBody,
} from "./receivable.dto.ts";
import { ReceivableService } from "./receivable.service.ts";

const columns: CsvColumns<ReceivableDto> = [
  "id",
  "number",
  "line",
  "delivery",
  "debtor",
  "debtorName",
  "holder",
  "holderName",
  "currency",
  "amount",
  "outstanding",
  "contested",
  "acceptedOn",
  "dueDate",
  "overdue",
  "daysPastDue",
  "status",
];

@ApiTags("receivables")
@ApiBearerAuth()
@Scoped("finance")
@Controller("api/v1/receivables")
export class ReceivableController {
  constructor(private readonly receivables: ReceivableService) {}

  /** Those that the caller owes, holds, rules on or may lend against, by due day. */
  @Get()
  @Costs(3)
  @ApiPage(ReceivableDto)
  @ApiProduces("application/json", "text/csv")
  async list(
    @By() by: Actor,
    @Query() query: ReceivableListQuery,
    @Headers("accept") accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page<ReceivableDto> | string> {
    const page = await this.receivables.list(by, query);
    return wantsCsv(accept) ? sendCsv(reply, columns, page) : page;
  }

  @Get(":id")
  @ApiQuery({ name: "asOf", required: false, description: "default now" })
  @ApiOkResponse({ type: ReceivableDto })
  get(
    @By() by: Actor,
    @Param("id", IdParam) id: string,
    @Query("asOf", AsOfParam) asOf: number,
  ): Promise<ReceivableDto> {
    return this.receivables.get(by, id, asOf);
  }

  /** The debtor pays, at any time and in parts. */
  @Post(":id/payment")
  @Roles("buyer")
  @Changes(ReceivableDto)
  pay(
    @Intention() intent: Intent,
    @Param("id", IdParam) id: string,
    @Body() body: PaymentBody,
  ): Promise<Effect> {
    return this.receivables.pay(intent, id, body);
  }

  /** From the due day, by the debtor's standing approval. For anyone. */
  @Post(":id/collection")
  @Changes(ReceivableDto)
  collect(@Intention() intent: Intent, @Param("id", IdParam) id: string): Promise<Effect> {
    return this.receivables.collect(intent, id);
  }

  /** Holds an amount, once, within 7 days of acceptance. For the debtor. */
  @Post(":id/contest")
  @Roles("buyer")
  @Changes(ReceivableDto)
  contest(
    @Intention() intent: Intent,
    @Param("id", IdParam) id: string,
    @Body() body: ContestBody,
  ): Promise<Effect> {
    return this.receivables.contest(intent, id, body);
  }

  /**
   * Offers the receivable to a lender, price against claim: the holder's signed word, which the lender takes to the chain.
   * For its holder.
   */
  @Post(":id/offer")
  @HttpCode(200)
  @CommandHeaders()
  @ApiOkResponse({ type: ConsentDto })
  offer(
    @Intention() intent: Intent,
    @Param("id", IdParam) id: string,
    @Body() body: OfferBody,
  ): Promise<ConsentDto> {
    return this.receivables.offer(intent, id, body);
  }

  /** Buys the receivable outright, by its holder's signed word. For the lender that it was offered to. */
  @Post(":id/assignment")
  @Roles("lender")
  @Changes(ReceivableDto)
  assign(
    @Intention() intent: Intent,
    @Param("id", IdParam) id: string,
    @Body() body: AssignmentBody,
  ): Promise<Effect> {
    return this.receivables.assign(intent, id, body);
  }

  /** Upholds some of what is contested; the debt shrinks by it. For the order's arbiter. */
  @Post(":id/ruling")
  @Roles("arbiter")
  @Changes(ReceivableDto)
  rule(
    @Intention() intent: Intent,
    @Param("id", IdParam) id: string,
    @Body() body: RulingBody,
  ): Promise<Effect> {
    return this.receivables.rule(intent, id, body);
  }
}
