import { Controller, Get, Inject, Req } from "@nestjs/common";
import { ApiOkResponse, ApiTags } from "@nestjs/swagger";
import type { FastifyRequest } from "fastify";
import { Public } from "../auth/access.ts";
import type { Config } from "../config/config.ts";
import { CONFIG } from "../config/config.module.ts";
import type { JsonObject } from "../proof/event.ts";

/** What this is to whoever looks for a resolver of GS1's keys. */
@ApiTags("lots")
@Public()
@Controller(".well-known")
export class ResolverController {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** The resolver description file of the GS1-Conformant Resolver standard. */
  @Get("gs1resolver")
  @ApiOkResponse({ schema: { type: "object", additionalProperties: true } })
  describe(@Req() { protocol, host }: FastifyRequest): JsonObject {
    return {
      name: "Sheaf",
      resolverRoot: this.config.publicOrigin ?? `${protocol}://${host}`,
      supportedPrimaryKeys: ["01"],
      supportedLinkType: [{ namespace: "https://ref.gs1.org/voc/", prefix: "gs1:" }],
    };
  }
}
