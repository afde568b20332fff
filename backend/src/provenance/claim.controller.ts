import { Controller, Get, Param, Query } from "@nestjs/common";
import { ApiBearerAuth, ApiOkResponse, ApiQuery, ApiTags } from "@nestjs/swagger";
import { Costs } from "../auth/access.ts";
import { By, type Actor } from "../auth/actor.ts";
import { AsOfParam, IdParam } from "../http/params.ts";
import { ClaimService } from "./claim.service.ts";
import { WholeClaimDto } from "./provenance.dto.ts";

/** An order with what has become of it: above all nouns, for it shows them all. */
@ApiTags("orders")
@ApiBearerAuth()
@Controller("api/v1/orders")
export class ClaimController {
  constructor(private readonly claims: ClaimService) {}

  /** The order with its receipts, deliveries, receivables, loan and lien, as far as the caller may see them. */
  @Get(":id")
  @Costs(3)
  @ApiQuery({ name: "asOf", required: false, description: "default now" })
  @ApiOkResponse({ type: WholeClaimDto })
  get(
    @By() by: Actor,
    @Param("id", IdParam) id: string,
    @Query("asOf", AsOfParam) asOf: number,
  ): Promise<WholeClaimDto> {
    return this.claims.get(by, id, asOf);
  }
}
