import { Controller, Get, Header, Query } from "@nestjs/common";
import { ApiBearerAuth, ApiOkResponse, ApiTags } from "@nestjs/swagger";
import { Costs } from "../auth/access.ts";
import { By, type Actor } from "../auth/actor.ts";
import { BundleQuery } from "./bundle.dto.ts";
import { BundleService } from "./bundle.service.ts";

/** Files that prove a history without this house: docs/bundles.md. */
@ApiTags("provenance")
@ApiBearerAuth()
@Controller("api/v1/bundles")
export class BundleController {
  constructor(private readonly bundles: BundleService) {}

  /**
   * The events that lead to a thing or a claim, with all that it takes to check them: kept byte for byte, and checked by
   * `npm run verify`.
   */
  @Get()
  @Costs(20)
  @Header("content-type", "application/json; charset=utf-8")
  @Header("content-disposition", 'attachment; filename="bundle.json"')
  @ApiOkResponse({
    schema: {
      type: "object",
      description: "canonical JSON (RFC 8785), of the form that `backend/src/proof/bundle.ts` has",
      additionalProperties: true,
    },
  })
  make(@By() by: Actor, @Query() query: BundleQuery): Promise<string> {
    return this.bundles.make(by, query);
  }
}
