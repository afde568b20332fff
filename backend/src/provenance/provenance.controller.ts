import { Controller, Get, Param } from "@nestjs/common";
import { ApiBearerAuth, ApiOkResponse, ApiTags } from "@nestjs/swagger";
import { Costs } from "../auth/access.ts";
import { By, type Actor } from "../auth/actor.ts";
import { IdParam } from "../http/params.ts";
import { LineageDto } from "./provenance.dto.ts";
import { ProvenanceService } from "./provenance.service.ts";

@ApiTags("provenance")
@ApiBearerAuth()
@Controller("api/v1/provenance")
export class ProvenanceController {
  constructor(private readonly provenance: ProvenanceService) {}

  /** Where an order, a receipt or a receivable has come from and what has become of it, act by act. */
  @Get("claims/:id")
  @Costs(10)
  @ApiOkResponse({ type: LineageDto })
  ofClaim(@By() by: Actor, @Param("id", IdParam) id: string): Promise<LineageDto> {
    return this.provenance.of(by, id);
  }
}
