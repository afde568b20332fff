import { Body, Controller, Get, HttpCode, Param, Post, Query } from "@nestjs/common";
import { ApiBearerAuth, ApiOkResponse, ApiTags } from "@nestjs/swagger";
import { Roles, Scoped } from "../auth/access.ts";
import { By, type Actor } from "../auth/actor.ts";
import { Changes, Creates } from "../command/command-route.ts";
import type { Effect } from "../command/effect.ts";
import { Intention, type Intent } from "../command/intent.ts";
import { ApiPage, type Page } from "../http/paging.ts";
import { IdParam } from "../http/params.ts";
import {
  EarmarkDto,
  EndorsementDto,
  IssueReceiptDto,
  MergeDto,
  ReceiptDto,
  ReceiptQuantityDto,
  ReceiptQuery,
  SplitDto,
  SplitResultDto,
} from "./receipt.dto.ts";
import { ReceiptService } from "./receipt.service.ts";

@ApiTags("receipts")
@ApiBearerAuth()
@Scoped("receipts")
@Controller("api/v1/receipts")
export class ReceiptController {
  constructor(private readonly receipts: ReceiptService) {}

  /** The caller's own receipts, or with `order` all of an order that it may read; in the order of their issue. */
  @Get()
  @ApiPage(ReceiptDto)
  list(@By() by: Actor, @Query() query: ReceiptQuery): Promise<Page<ReceiptDto>> {
    return this.receipts.list(by, query);
  }

  @Get(":id")
  @ApiOkResponse({ type: ReceiptDto })
  get(@By() by: Actor, @Param("id", IdParam) id: string): Promise<ReceiptDto> {
    return this.receipts.get(by, id);
  }

  /** Issues a receipt for one weighing; the same ticket again is answered with the one on record. For a warehouse. */
  @Post()
  @Roles("warehouse")
  @HttpCode(200)
  @Creates(ReceiptDto, "with the same ticket")
  issue(@Intention() intent: Intent, @Body() body: IssueReceiptDto): Promise<Effect | ReceiptDto> {
    return this.receipts.issue(intent, body);
  }

  /** Earmarks it for an order of the same goods and unit. For its holder. */
  @Post(":id/earmark")
  @Changes(ReceiptDto)
  earmark(
    @Intention() intent: Intent,
    @Param("id", IdParam) id: string,
    @Body() { order }: EarmarkDto,
  ): Promise<Effect> {
    return this.receipts.earmark(intent, id, order);
  }

  /** Takes the earmark off: under a lien if the base without it carries the debt, or with consent. For its holder. */
  @Post(":id/unearmark")
  @Changes(ReceiptDto)
  unearmark(@Intention() intent: Intent, @Param("id", IdParam) id: string): Promise<Effect> {
    return this.receipts.unearmark(intent, id);
  }

  /** Lets the holder take the earmark off once, whatever the base. For the lender that holds the lien. */
  @Post(":id/release-consent")
  @Roles("lender")
  @Changes(ReceiptDto)
  consentToRelease(@Intention() intent: Intent, @Param("id", IdParam) id: string): Promise<Effect> {
    return this.receipts.consentToRelease(intent, id);
  }

  /** Splits goods off into a new receipt. For its holder. */
  @Post(":id/split")
  @Creates(SplitResultDto)
  split(
    @Intention() intent: Intent,
    @Param("id", IdParam) id: string,
    @Body() body: SplitDto,
  ): Promise<Effect> {
    return this.receipts.split(intent, id, body);
  }

  /** Merges all of it into another receipt, which is the answer. For the holder of both. */
  @Post(":id/merge")
  @Changes(ReceiptDto)
  merge(
    @Intention() intent: Intent,
    @Param("id", IdParam) id: string,
    @Body() { into }: MergeDto,
  ): Promise<Effect> {
    return this.receipts.merge(intent, id, into);
  }

  /** Passes it on to another party, while it is earmarked for nothing. For its holder. */
  @Post(":id/endorsement")
  @Changes(ReceiptDto)
  endorse(
    @Intention() intent: Intent,
    @Param("id", IdParam) id: string,
    @Body() { to }: EndorsementDto,
  ): Promise<Effect> {
    return this.receipts.endorse(intent, id, to);
  }

  /** Takes goods out of the system. For its holder. */
  @Post(":id/withdrawal")
  @Changes(ReceiptDto)
  withdraw(
    @Intention() intent: Intent,
    @Param("id", IdParam) id: string,
    @Body() { quantity }: ReceiptQuantityDto,
  ): Promise<Effect> {
    return this.receipts.withdraw(intent, id, quantity);
  }

  /** Records a loss, encumbered or not. For its warehouse. */
  @Post(":id/shrinkage")
  @Roles("warehouse")
  @Changes(ReceiptDto)
  shrink(
    @Intention() intent: Intent,
    @Param("id", IdParam) id: string,
    @Body() { quantity }: ReceiptQuantityDto,
  ): Promise<Effect> {
    return this.receipts.shrink(intent, id, quantity);
  }
}
