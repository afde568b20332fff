import { Controller, Get, Header, Inject, Param, Req } from "@nestjs/common";
import { ApiBearerAuth, ApiOkResponse, ApiTags } from "@nestjs/swagger";
import type { FastifyRequest } from "fastify";
import { Costs } from "../auth/access.ts";
import { By, type Actor } from "../auth/actor.ts";
import type { Config } from "../config/config.ts";
import { CONFIG } from "../config/config.module.ts";
import { IdParam } from "../http/params.ts";
import { labelPdf } from "./label-pdf.ts";
import { LabelService } from "./label.service.ts";
import { labelSvg } from "./label.ts";
import { Outlines } from "./outlines.ts";

const binary = { type: "string", format: "binary" };

/** Labels to print and put on the bags: a code that leads to the lot's page. */
@ApiTags("receipts")
@ApiBearerAuth()
@Costs(5)
@Controller("api/v1/receipts")
export class LabelController {
  readonly #outlines = new Outlines();

  constructor(
    private readonly labels: LabelService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get(":id/label.svg")
  @Header("content-type", "image/svg+xml; charset=utf-8")
  @ApiOkResponse({ content: { "image/svg+xml": { schema: { type: "string" } } } })
  async svg(
    @By() by: Actor,
    @Param("id", IdParam) id: string,
    @Req() request: FastifyRequest,
  ): Promise<string> {
    return labelSvg(await this.labels.ofReceipt(by, id, this.#origin(request)), this.#outlines);
  }

  @Get(":id/label.pdf")
  @Header("content-type", "application/pdf")
  @ApiOkResponse({ content: { "application/pdf": { schema: binary } } })
  async pdf(
    @By() by: Actor,
    @Param("id", IdParam) id: string,
    @Req() request: FastifyRequest,
  ): Promise<Buffer> {
    return labelPdf(await this.labels.ofReceipt(by, id, this.#origin(request)), this.#outlines);
  }

  #origin({ protocol, host }: FastifyRequest): string {
    return this.config.publicOrigin ?? `${protocol}://${host}`;
  }
}
