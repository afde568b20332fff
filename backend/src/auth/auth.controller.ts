import { Body, Controller, Get, Header, HttpCode, Inject, Post, Req, Query } from "@nestjs/common";
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiTags } from "@nestjs/swagger";
import type { FastifyRequest } from "fastify";
import { addressOf } from "../chain/hex.ts";
import { DomainError } from "../chain/domain-error.ts";
import type { Config } from "../config/config.ts";
import { CONFIG } from "../config/config.module.ts";
import { BadInput } from "../http/bad-input.ts";
import { Public, SignIn } from "./access.ts";
import { By, officeNames, type Actor } from "./actor.ts";
import { Actors } from "./actors.ts";
import { MeDto, RefreshDto, SandboxSignInDto, SessionDto } from "./auth.dto.ts";
import { SessionService } from "./session.service.ts";
import { NonceDto, WalletSignInDto, NonceQuery } from "./sign-in.dto.ts";
import { SignInService } from "./sign-in.service.ts";

@ApiTags("auth")
@Controller("api/v1/auth")
export class AuthController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly sessions: SessionService,
    private readonly actors: Actors,
    private readonly wallets: SignInService,
  ) {}

  /** Signs in by picking a party. In the sandbox only. */
  @Post("sandbox")
  @Public()
  @SignIn()
  @HttpCode(200)
  @Header("Cache-Control", "no-store")
  @ApiOkResponse({ type: SessionDto })
  async pick(@Body() { party, person }: SandboxSignInDto): Promise<SessionDto> {
    if (!this.config.sandbox) throw new DomainError("NoSuchRoute");
    const subject = officeNames.find((office) => office === party) ?? addressOf(party);
    const actor = subject && (await this.actors.of(subject, null));
    if (!actor) throw BadInput.at("/party", "is no party that has been admitted");
    if (person === undefined) return this.sessions.open(subject, null);
    if ((await this.actors.of(subject, person)) === undefined) {
      throw BadInput.at("/person", "is none of the party's people");
    }
    return this.sessions.open(subject, person);
  }

  /** A nonce for a message to sign in with. */
  @Post("nonce")
  @Public()
  @SignIn()
  @HttpCode(200)
  @Header("Cache-Control", "no-store")
  @ApiOkResponse({ type: NonceDto })
  nonce(@Req() request: FastifyRequest, @Query() { account }: NonceQuery): Promise<NonceDto> {
    return this.wallets.nonce(originOf(request), account);
  }

  /** Signs in with a wallet: a message of EIP-4361, signed by an account or by the contract that it is (ERC-1271). */
  @Post("wallet")
  @Public()
  @SignIn()
  @HttpCode(200)
  @Header("Cache-Control", "no-store")
  @ApiOkResponse({ type: SessionDto })
  wallet(@Req() request: FastifyRequest, @Body() body: WalletSignInDto): Promise<SessionDto> {
    return this.wallets.signIn(originOf(request), body);
  }

  /** Exchanges a refresh token for new tokens. */
  @Post("refresh")
  @Public()
  @SignIn()
  @HttpCode(200)
  @Header("Cache-Control", "no-store")
  @ApiOkResponse({ type: SessionDto })
  refresh(@Body() { refreshToken }: RefreshDto): Promise<SessionDto> {
    return this.sessions.refresh(refreshToken);
  }

  /** Signs out: the refresh token and all that came before it are good no more. */
  @Post("sign-out")
  @Public()
  @HttpCode(204)
  @ApiNoContentResponse()
  signOut(@Body() { refreshToken }: RefreshDto): Promise<void> {
    return this.sessions.end(refreshToken);
  }

  /** Who is signed in, for whom. */
  @Get("me")
  @ApiBearerAuth()
  @ApiOkResponse({ type: MeDto })
  me(@By() { id, key, roles, person }: Actor): MeDto {
    const { account, rank, apiKey } = person ?? { account: key, rank: "owner" };
    const machine = apiKey && { apiKey: { id: apiKey.id, scopes: apiKey.scopes } };
    return { id, key, roles, person: { account, rank, ...machine } };
  }
}

function originOf({ protocol, host }: FastifyRequest): string {
  return `${protocol}://${host}`;
}
