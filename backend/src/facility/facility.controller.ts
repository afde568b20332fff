import { Body, Controller, Get, HttpCode, Param, Post, Query } from "@nestjs/common";
import { ApiBearerAuth, ApiOkResponse, ApiTags } from "@nestjs/swagger";
import { Costs, Roles, Scoped } from "../auth/access.ts";
import { By, type Actor } from "../auth/actor.ts";
import { Changes, Creates } from "../command/command-route.ts";
import type { Effect } from "../command/effect.ts";
import { Intention, type Intent } from "../command/intent.ts";
import { ApiPage, type Page } from "../http/paging.ts";
import { IdParam } from "../http/params.ts";
import {
  DepositaryBody,
  FacilityDto,
  FacilityListQuery,
  LimitBody,
  OpenFacilityBody,
  PayeeBody,
} from "./facility.dto.ts";
import { FacilityOpening } from "./facility-opening.service.ts";
import { FacilityService } from "./facility.service.ts";
import { DrawdownBody, LoanDto } from "./loan.dto.ts";
import { LoanService } from "./loan.service.ts";
import { QuoteDto, QuoteQuery } from "./quote.dto.ts";
import { QuoteService } from "./quote.service.ts";

@ApiTags("facilities")
@ApiBearerAuth()
@Scoped("finance")
@Controller("api/v1/facilities")
export class FacilityController {
  constructor(
    private readonly facilities: FacilityService,
    private readonly opening: FacilityOpening,
    private readonly quotes: QuoteService,
    private readonly loans: LoanService,
  ) {}

  /** Those that the caller lends under, borrows under or is the buyer of. */
  @Get()
  @ApiPage(FacilityDto)
  list(@By() by: Actor, @Query() query: FacilityListQuery): Promise<Page<FacilityDto>> {
    return this.facilities.list(by, query);
  }

  @Get(":id")
  @ApiOkResponse({ type: FacilityDto })
  get(@By() by: Actor, @Param("id", IdParam) id: string): Promise<FacilityDto> {
    return this.facilities.get(by, id);
  }

  /** What could be drawn now, on which roots, at what cost. For lender and borrower. */
  @Get(":id/quote")
  @Costs(5)
  @ApiOkResponse({ type: QuoteDto })
  quote(
    @By() by: Actor,
    @Param("id", IdParam) id: string,
    @Query() query: QuoteQuery,
  ): Promise<QuoteDto> {
    return this.quotes.quote(by, id, query);
  }

  /** Opens a facility, whose terms never change; the same again is answered with the one on record. */
  @Post()
  @Roles("lender")
  @HttpCode(200)
  @Creates(FacilityDto, "with the same terms")
  open(@Intention() intent: Intent, @Body() body: OpenFacilityBody): Promise<Effect | FacilityDto> {
    return this.opening.open(intent, body);
  }

  /** Lowers the limit; what is drawn stays. */
  @Post(":id/limit")
  @Roles("lender")
  @Changes(FacilityDto)
  lowerLimit(
    @Intention() intent: Intent,
    @Param("id", IdParam) id: string,
    @Body() { limit }: LimitBody,
  ): Promise<Effect> {
    return this.facilities.lowerLimit(intent, id, limit);
  }

  /** Stops drawdowns. */
  @Post(":id/suspension")
  @Roles("lender")
  @Changes(FacilityDto)
  suspend(@Intention() intent: Intent, @Param("id", IdParam) id: string): Promise<Effect> {
    return this.facilities.suspend(intent, id);
  }

  /** Lets drawdowns go on. */
  @Post(":id/resumption")
  @Roles("lender")
  @Changes(FacilityDto)
  resume(@Intention() intent: Intent, @Param("id", IdParam) id: string): Promise<Effect> {
    return this.facilities.resume(intent, id);
  }

  /** Ends drawdowns for good. */
  @Post(":id/closing")
  @Roles("lender")
  @Changes(FacilityDto)
  close(@Intention() intent: Intent, @Param("id", IdParam) id: string): Promise<Effect> {
    return this.facilities.close(intent, id);
  }

  /** Names another account where the lender is paid. */
  @Post(":id/payee")
  @Roles("lender")
  @Changes(FacilityDto)
  setPayee(
    @Intention() intent: Intent,
    @Param("id", IdParam) id: string,
    @Body() { payee }: PayeeBody,
  ): Promise<Effect> {
    return this.facilities.setPayee(intent, id, payee);
  }

  /** Names another depositary, independent of the lender. For the operator. */
  @Post(":id/depositary")
  @Scoped("administration")
  @Roles("operator")
  @Changes(FacilityDto)
  setDepositary(
    @Intention() intent: Intent,
    @Param("id", IdParam) id: string,
    @Body() { depositary }: DepositaryBody,
  ): Promise<Effect> {
    return this.facilities.setDepositary(intent, id, depositary);
  }

  /** Draws on an order: the lender's money, and the lien, in one transaction. For the borrower. */
  @Post(":id/drawdowns")
  @Roles("cooperative")
  @Creates(LoanDto)
  drawDown(
    @Intention() intent: Intent,
    @Param("id", IdParam) id: string,
    @Body() body: DrawdownBody,
  ): Promise<Effect> {
    return this.loans.drawDown(intent, id, body);
  }
}
