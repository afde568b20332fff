import { Body, Controller, Get, HttpCode, Param, Post, Query } from "@nestjs/common";
import { ApiBearerAuth, ApiOkResponse, ApiTags } from "@nestjs/swagger";
import { Persons } from "../auth/access.ts";
import { By, type Actor } from "../auth/actor.ts";
import { Contracts } from "../chain/contracts.ts";
import { DomainError } from "../chain/domain-error.ts";
import { ApiPage, mapPage, type Page } from "../http/paging.ts";
import { Approvals } from "./approvals.ts";
import { CommandHeaders } from "./command-route.ts";
import {
  commandDto,
  CommandDto,
  CommandQuery,
  RejectionDto,
  SignedTransactionDto,
} from "./command.dto.ts";
import "./command.errors.ts";
import type { Command } from "./command.entity.ts";
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
    private readonly approvals: Approvals,
  ) {}

  /** The caller's organisation's commands, in the order in which they were made. */
  @Get()
  @ApiPage(CommandDto)
  async list(@By() by: Actor, @Query() query: CommandQuery): Promise<Page<CommandDto>> {
    return mapPage(await this.outbox.list(by.id, query), (command) => this.#dto(command));
  }

  /** One of the caller's organisation's own commands. */
  @Get(":id")
  @ApiOkResponse({ type: CommandDto })
  async get(@By() by: Actor, @Param("id") id: string): Promise<CommandDto> {
    const command = await this.outbox.find(id, by.id);
    if (command === null) throw new DomainError("NotFound");
    return this.#dto(command);
  }

  /**
   * Approves a command that waits for a second person, and with it all of its request; it is simulated again, signed
   * and sent. For an approver who has not made it.
   */
  @Post(":id/approval")
  @Persons("approver")
  @HttpCode(200)
  @ApiOkResponse({ type: CommandDto })
  async approve(@Intention() intent: Intent, @Param("id") id: string): Promise<CommandDto> {
    return this.#dto(await this.approvals.approve(intent, id));
  }

  /** Rejects a command that waits for a second person, and with it all of its request. Whoever made it may, too. */
  @Post(":id/rejection")
  @Persons("maker")
  @HttpCode(200)
  @ApiOkResponse({ type: CommandDto })
  async reject(
    @By() by: Actor,
    @Param("id") id: string,
    @Body() { reason }: RejectionDto,
  ): Promise<CommandDto> {
    return this.#dto(await this.approvals.reject(by, id, reason));
  }

  /**
   * Takes the prepared transaction as the caller's wallet has signed it, and sends it. The same bytes again change
   * nothing and are answered with what has become of the command.
   */
  @Post(":id/transaction")
  @Persons("maker")
  @HttpCode(200)
  @CommandHeaders()
  @ApiOkResponse({ type: CommandDto })
  async sign(
    @Intention() intent: Intent,
    @Param("id") id: string,
    @Body() { raw }: SignedTransactionDto,
  ): Promise<CommandDto> {
    return this.#dto(await this.commands.take(intent, id, raw));
  }

  #dto(command: Command): CommandDto {
    return commandDto(command, this.contracts.deployment.utcOffset);
  }
}
