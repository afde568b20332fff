import { Controller, Get, Param } from "@nestjs/common";
import { ApiBearerAuth, ApiOkResponse, ApiTags } from "@nestjs/swagger";
import { By, type Actor } from "../auth/actor.ts";
import { Contracts } from "../chain/contracts.ts";
import { DomainError } from "../chain/domain-error.ts";
import { commandDto, CommandDto } from "./command.dto.ts";
import { Outbox } from "./outbox.ts";

@ApiTags("commands")
@ApiBearerAuth()
@Controller("api/v1/commands")
export class CommandController {
  constructor(
    private readonly outbox: Outbox,
    private readonly contracts: Contracts,
  ) {}

  /** One of the caller's own commands. */
  @Get(":id")
  @ApiOkResponse({ type: CommandDto })
  async get(@By() by: Actor, @Param("id") id: string): Promise<CommandDto> {
    const command = await this.outbox.find(id, by.id);
    if (command === null) throw new DomainError("NotFound");
    return commandDto(command, this.contracts.deployment.utcOffset);
  }
}
