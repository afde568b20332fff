import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post } from "@nestjs/common";
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
} from "@nestjs/swagger";
import { Intention, type Intent } from "../command/intent.ts";
import { Machines, Persons } from "./access.ts";
import { By, type Actor } from "./actor.ts";
import { ApiKeysDto, MakeApiKeyDto, NewApiKeyDto, RotateApiKeyDto } from "./api-key.dto.ts";
import { ApiKeyService } from "./api-key.service.ts";

@ApiTags("api keys")
@ApiBearerAuth()
@Controller("api/v1/api-keys")
export class ApiKeyController {
  constructor(private readonly keys: ApiKeyService) {}

  /** The caller's API keys; for an owner, all of the organisation. */
  @Get()
  @ApiOkResponse({ type: ApiKeysDto })
  async list(@By() by: Actor): Promise<ApiKeysDto> {
    return { items: await this.keys.list(by) };
  }

  /** Makes a key for a machine, which acts for the caller within the key's scopes, as a maker at most. For persons. */
  @Post()
  @Persons("viewer")
  @Header("Cache-Control", "no-store")
  @ApiCreatedResponse({ type: NewApiKeyDto })
  make(@Intention() intent: Intent, @Body() body: MakeApiKeyDto): Promise<NewApiKeyDto> {
    return this.keys.make(intent, body);
  }

  /** A new secret for a key. For persons, and for the machine itself. */
  @Post(":id/rotation")
  @Machines()
  @HttpCode(200)
  @Header("Cache-Control", "no-store")
  @ApiOkResponse({ type: NewApiKeyDto })
  rotate(
    @By() by: Actor,
    @Param("id") id: string,
    @Body() body: RotateApiKeyDto,
  ): Promise<NewApiKeyDto> {
    return this.keys.rotate(by, id, body);
  }

  /** Revokes a key: its secrets are good no more. For persons. */
  @Delete(":id")
  @Persons("viewer")
  @HttpCode(204)
  @ApiNoContentResponse()
  revoke(@By() by: Actor, @Param("id") id: string): Promise<void> {
    return this.keys.revoke(by, id);
  }
}
