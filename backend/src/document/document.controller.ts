import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from "@nestjs/common";
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiTags } from "@nestjs/swagger";
import { Roles, Scoped } from "../auth/access.ts";
import { By, roleNames, type Actor } from "../auth/actor.ts";
import { ApiPage, type Page } from "../http/paging.ts";
import { IdParam, NumberParam } from "../http/params.ts";
import { DisclosureService } from "./disclosure.service.ts";
import {
  DisclosureDto,
  DocumentDto,
  DocumentQuery,
  NewDisclosureDto,
  NewDocumentDto,
  WholeDocumentDto,
} from "./document.dto.ts";
import { DocumentService } from "./document.service.ts";

/** Terms, tickets, certificates and test results: committed to as a whole, disclosed field by field. */
@ApiTags("documents")
@ApiBearerAuth()
@Scoped("provenance")
@Controller("api/v1/documents")
export class DocumentController {
  constructor(
    private readonly documents: DocumentService,
    private readonly disclosures: DisclosureService,
  ) {}

  /** The caller's own. */
  @Get()
  @ApiPage(DocumentDto)
  list(@By() by: Actor, @Query() query: DocumentQuery): Promise<Page<DocumentDto>> {
    return this.documents.list(by, query);
  }

  /** Commits to a document. The same one again has the same root. For parties. */
  @Post()
  @Roles(...roleNames)
  @HttpCode(200)
  @ApiOkResponse({ type: DocumentDto })
  create(@By() by: Actor, @Body() body: NewDocumentDto): Promise<DocumentDto> {
    return this.documents.create(by, body);
  }

  /** All of a document of the caller's own. */
  @Get(":id")
  @ApiOkResponse({ type: WholeDocumentDto })
  get(@By() by: Actor, @Param("id", IdParam) id: string): Promise<WholeDocumentDto> {
    return this.documents.get(by, id);
  }

  /** What the caller has shown of it, and to whom; what was withdrawn as well. */
  @Get(":id/disclosures")
  @ApiOkResponse({ type: [DisclosureDto] })
  listDisclosures(@By() by: Actor, @Param("id", IdParam) id: string): Promise<DisclosureDto[]> {
    return this.disclosures.list(by, id);
  }

  /** Shows fields of a document of the caller's own: each with its salt and its proof, and none of the others. */
  @Post(":id/disclosures")
  @HttpCode(200)
  @ApiOkResponse({ type: DisclosureDto })
  disclose(
    @By() by: Actor,
    @Param("id", IdParam) id: string,
    @Body() body: NewDisclosureDto,
  ): Promise<DisclosureDto> {
    return this.disclosures.disclose(by, id, body);
  }

  /** Serves a disclosure no more. It cannot be called back: whoever has it, has it. */
  @Delete(":id/disclosures/:number")
  @HttpCode(204)
  @ApiNoContentResponse()
  withdraw(
    @By() by: Actor,
    @Param("id", IdParam) id: string,
    @Param("number", NumberParam) number: number,
  ): Promise<void> {
    return this.disclosures.withdraw(by, id, number);
  }
}
