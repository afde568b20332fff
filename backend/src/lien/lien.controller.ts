import { Controller, Get, Param, Query } from "@nestjs/common";
import { ApiOkResponse, ApiTags } from "@nestjs/swagger";
import { Public } from "../auth/access.ts";
import { IdParam } from "../http/params.ts";
import { LienDto, LienQuery } from "./lien.dto.ts";
import { LienService } from "./lien.service.ts";

/** Whether a claim is encumbered is public, by design; its terms are not. */
@ApiTags("liens")
@Public()
@Controller("api/v1/liens")
export class LienController {
  constructor(private readonly liens: LienService) {}

  /** Whether a line of a buyer's document is encumbered. */
  @Get()
  @ApiOkResponse({ type: LienDto })
  byDocument(@Query() query: LienQuery): Promise<LienDto> {
    return this.liens.byDocument(query);
  }

  /** Whether an order, a receipt or a receivable is encumbered. */
  @Get(":id")
  @ApiOkResponse({ type: LienDto })
  get(@Param("id", IdParam) id: string): Promise<LienDto> {
    return this.liens.of(id);
  }
}
