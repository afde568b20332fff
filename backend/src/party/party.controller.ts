import { Body, Controller, Get, Param, Post, Put, Query } from "@nestjs/common";
import { ApiBearerAuth, ApiOkResponse, ApiTags } from "@nestjs/swagger";
import { Roles, Scoped } from "../auth/access.ts";
import { Changes, Creates } from "../command/command-route.ts";
import type { Effect } from "../command/effect.ts";
import { Intention, type Intent } from "../command/intent.ts";
import { ApiPage, type Page } from "../http/paging.ts";
import { AddressParam } from "../http/params.ts";
import {
  AdmitPartyDto,
  KeyProposalDto,
  PartyDto,
  PartyQuery,
  PayoutAccountDto,
  RolesDto,
  SuspensionDto,
} from "./party.dto.ts";
import { PartyKeyService } from "./party-key.service.ts";
import { PartyService } from "./party.service.ts";

@ApiTags("parties")
@ApiBearerAuth()
@Scoped("administration")
@Controller("api/v1/parties")
export class PartyController {
  constructor(
    private readonly parties: PartyService,
    private readonly keys: PartyKeyService,
  ) {}

  /** Who takes part, by name. */
  @Get()
  @ApiPage(PartyDto)
  list(@Query() query: PartyQuery): Promise<Page<PartyDto>> {
    return this.parties.list(query);
  }

  @Get(":id")
  @ApiOkResponse({ type: PartyDto })
  get(@Param("id", AddressParam) id: string): Promise<PartyDto> {
    return this.parties.get(id);
  }

  /** Admits a party. For the operator. */
  @Post()
  @Roles("operator")
  @Creates(PartyDto)
  admit(@Intention() intent: Intent, @Body() body: AdmitPartyDto): Promise<Effect> {
    return this.parties.admit(intent, body);
  }

  /** Gives a party other roles. For the operator. */
  @Put(":id/roles")
  @Roles("operator")
  @Changes(PartyDto)
  setRoles(
    @Intention() intent: Intent,
    @Param("id", AddressParam) id: string,
    @Body() { roles }: RolesDto,
  ): Promise<Effect> {
    return this.parties.setRoles(intent, id, roles);
  }

  /** Suspends a party, which then originates nothing new, or lifts its suspension. For the supervisor. */
  @Post(":id/suspension")
  @Roles("supervisor")
  @Changes(PartyDto)
  suspend(
    @Intention() intent: Intent,
    @Param("id", AddressParam) id: string,
    @Body() { suspended }: SuspensionDto,
  ): Promise<Effect> {
    return this.parties.setSuspended(intent, id, suspended);
  }

  /**
   * Proposes a key to sign for the party in the place of the one it has, which it may veto for a while. For the
   * operator.
   */
  @Post(":id/key/proposal")
  @Roles("operator")
  @Changes(PartyDto)
  proposeKey(
    @Intention() intent: Intent,
    @Param("id", AddressParam) id: string,
    @Body() { key }: KeyProposalDto,
  ): Promise<Effect> {
    return this.keys.propose(intent, id, key);
  }

  /** Refuses the key that is proposed. For the party itself. */
  @Post(":id/key/veto")
  @Changes(PartyDto)
  vetoKey(@Intention() intent: Intent, @Param("id", AddressParam) id: string): Promise<Effect> {
    return this.keys.veto(intent, id);
  }

  /** Puts the proposed key in its place, once the time for a veto is over. For the party itself and the operator. */
  @Post(":id/key/replacement")
  @Changes(PartyDto)
  replaceKey(@Intention() intent: Intent, @Param("id", AddressParam) id: string): Promise<Effect> {
    return this.keys.replace(intent, id);
  }

  /** Names the account where the party is paid. For the party itself. */
  @Put(":id/payout-account")
  @Scoped("finance")
  @Changes(PartyDto)
  setPayoutAccount(
    @Intention() intent: Intent,
    @Param("id", AddressParam) id: string,
    @Body() { account }: PayoutAccountDto,
  ): Promise<Effect> {
    return this.parties.setPayoutAccount(intent, id, account);
  }
}
