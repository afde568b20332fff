import { Body, Controller, Get, HttpCode, Param, Post } from "@nestjs/common";
import { ApiBearerAuth, ApiOkResponse, ApiTags } from "@nestjs/swagger";
import { By, type Actor } from "../auth/actor.ts";
import { Contracts } from "../chain/contracts.ts";
import { DomainError } from "../chain/domain-error.ts";
import { CommandHeaders } from "./command-route.ts";
import { commandDto, CommandDto, SignedTransactionDto } from "./command.dto.ts";
import "./command.errors.ts";
import { CommandService } from "./command.service.ts";
import { Intention, type Intent } from "./intent.ts";
import { Outbox } from "./outbox.ts";

@ApiTags("commands")
@ApiBearerAuth()
@Controller("api/v1/commands")
export class CommandController {
  constructor(
    private readonly outbox: Outbox,
    private readonly contracts: Contracts,
    private readonly commands: CommandService,
  ) {}

  /** One of the caller's own commands. */
  @Get(":id")
  @ApiOkResponse({ type: CommandDto })
  async get(@By() by: Actor, @Param("id") id: string): Promise<CommandDto> {
    const command = await this.outbox.find(id, by.id);
    if (command === null) throw new DomainError("NotFound");
    return commandDto(command, this.contracts.deployment.utcOffset);
  }

  /**
   * Takes the prepared transaction as the caller's wallet has signed it, and sends it. The same bytes again change
   * nothing and are answered with what has become of the command.
   */
  @Post(":id/transaction")
  @HttpCode(200)
  @CommandHeaders()
  @ApiOkResponse({ type: CommandDto })
  async sign(
    @Intention() intent: Intent,
    @Param("id") id: string,
    @Body() { raw }: SignedTransactionDto,
  ): Promise<CommandDto> {
    const command = await this.commands.take(intent, id, raw);
    return commandDto(command, this.contracts.deployment.utcOffset);
  }
}
