import { Body, Controller, Delete, Get, HttpCode, Param, Put } from "@nestjs/common";
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiTags } from "@nestjs/swagger";
import { Persons, Roles } from "../auth/access.ts";
import { By, type Actor } from "../auth/actor.ts";
import { AddressParam } from "../http/params.ts";
import { LimitsDto, NamePersonDto, OrganisationPeopleDto } from "./organisation.dto.ts";
import { OrganisationService } from "./organisation.service.ts";

/** The caller's own organisation. Its owner names its people: an approver alone could name its own second person. */
@ApiTags("organisation")
@ApiBearerAuth()
@Controller("api/v1")
export class OrganisationController {
  constructor(private readonly organisation: OrganisationService) {}

  /** Who may act for the caller's organisation. */
  @Get("organisation/people")
  @ApiOkResponse({ type: OrganisationPeopleDto })
  people(@By() by: Actor): Promise<OrganisationPeopleDto> {
    return this.organisation.people(by.id);
  }

  /** Names a person, or gives one another rank. For the owner: whoever holds the party's key. */
  @Put("organisation/people/:id")
  @Persons("owner")
  @ApiOkResponse({ type: OrganisationPeopleDto })
  name(
    @By() by: Actor,
    @Param("id", AddressParam) account: string,
    @Body() body: NamePersonDto,
  ): Promise<OrganisationPeopleDto> {
    return this.organisation.name(by, by.id, account, body);
  }

  /** Ends what a person may do: at once, and what the person has approved and is not signed yet waits again. */
  @Delete("organisation/people/:id")
  @Persons("owner")
  @HttpCode(204)
  @ApiNoContentResponse()
  remove(@By() by: Actor, @Param("id", AddressParam) account: string): Promise<void> {
    return this.organisation.remove(by.id, account);
  }

  /** From where on an act waits for a second person. */
  @Get("organisation/limits")
  @ApiOkResponse({ type: LimitsDto })
  limits(@By() by: Actor): Promise<LimitsDto> {
    return this.organisation.limits(by.id);
  }

  /** Sets all limits at once; what is left out has none. For the owner. */
  @Put("organisation/limits")
  @Persons("owner")
  @ApiOkResponse({ type: LimitsDto })
  setLimits(@By() by: Actor, @Body() body: LimitsDto): Promise<LimitsDto> {
    return this.organisation.setLimits(by.id, body);
  }

  /** Names a person of a party whose key is kept here, so that nobody signs in with it. For the operator. */
  @Put("parties/:id/people/:account")
  @Roles("operator")
  @Persons("owner")
  @ApiOkResponse({ type: OrganisationPeopleDto })
  async nameFor(
    @By() by: Actor,
    @Param("id", AddressParam) party: string,
    @Param("account", AddressParam) account: string,
    @Body() body: NamePersonDto,
  ): Promise<OrganisationPeopleDto> {
    await this.organisation.requireKept(by, party);
    return this.organisation.name(by, party, account, body);
  }

  /** Removes a person of a party. For the operator. */
  @Delete("parties/:id/people/:account")
  @Roles("operator")
  @Persons("owner")
  @HttpCode(204)
  @ApiNoContentResponse()
  async removeFor(
    @By() by: Actor,
    @Param("id", AddressParam) party: string,
    @Param("account", AddressParam) account: string,
  ): Promise<void> {
    await this.organisation.requireKept(by, party);
    return this.organisation.remove(party, account);
  }

  /** Sets the limits of a party whose key is kept here. For the operator. */
  @Put("parties/:id/limits")
  @Roles("operator")
  @Persons("owner")
  @ApiOkResponse({ type: LimitsDto })
  async setLimitsFor(
    @By() by: Actor,
    @Param("id", AddressParam) party: string,
    @Body() body: LimitsDto,
  ): Promise<LimitsDto> {
    await this.organisation.requireKept(by, party);
    return this.organisation.setLimits(party, body);
  }
}
