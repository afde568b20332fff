import { Body, Controller, Get, HttpCode, Inject, Post } from "@nestjs/common";
import { ApiBearerAuth, ApiOkResponse, ApiTags } from "@nestjs/swagger";
import { addressOf } from "../chain/hex.ts";
import { DomainError } from "../chain/domain-error.ts";
import type { Config } from "../config/config.ts";
import { CONFIG } from "../config/config.module.ts";
import { BadInput } from "../http/bad-input.ts";
import { Public } from "./access.ts";
import { By, type Actor } from "./actor.ts";
import { MeDto, RefreshDto, SandboxSignInDto, SessionDto } from "./auth.dto.ts";
import { PartyDirectory } from "./party-directory.ts";
import { operator, SessionService } from "./session.service.ts";

@ApiTags("auth")
@Controller("api/v1/auth")
export class AuthController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly sessions: SessionService,
    private readonly parties: PartyDirectory,
  ) {}

  /** Signs in by picking a party. In the sandbox only. */
  @Post("sandbox")
  @Public()
  @HttpCode(200)
  @ApiOkResponse({ type: SessionDto })
  async pick(@Body() { party }: SandboxSignInDto): Promise<SessionDto> {
    if (!this.config.sandbox) throw new DomainError("NoSuchRoute");
    if (party === operator) return this.sessions.open(operator);
    const id = addressOf(party);
    const entry = id === undefined ? undefined : await this.parties.find(id);
    if (entry === undefined) throw BadInput.at("/party", "is no party that has been admitted");
    return this.sessions.open(entry.id);
  }

  /** Exchanges a refresh token for new tokens. */
  @Post("refresh")
  @Public()
  @HttpCode(200)
  @ApiOkResponse({ type: SessionDto })
  refresh(@Body() { refreshToken }: RefreshDto): Promise<SessionDto> {
    return this.sessions.refresh(refreshToken);
  }

  /** Who is signed in. */
  @Get("me")
  @ApiBearerAuth()
  @ApiOkResponse({ type: MeDto })
  me(@By() by: Actor): MeDto {
    return by;
  }
}
