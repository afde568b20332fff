import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from "@nestjs/common";
import { LessThanOrEqual, type EntityManager } from "typeorm";
import type { Actor } from "../auth/actor.ts";
import { DomainError } from "../chain/domain-error.ts";
import { crashPoint } from "../crash/crash-points.ts";
import { Database } from "../database/database.ts";
import { CommandRow, type Command } from "./command.entity.ts";
import { CommandService } from "./command.service.ts";
import type { Intent } from "./intent.ts";
import { Outbox } from "./outbox.ts";

const lookInterval = 60_000;

/** What waits for a second person: approved, rejected, or forgotten after a week. A request's acts wait as one. */
@Injectable()
export class Approvals implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #log = new Logger("Commands");
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly commands: CommandService,
  ) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => {
      this.lapse().catch((error: unknown) => {
        this.#log.warn(`Proposals are not looked after: ${String(error)}`);
      });
    }, lookInterval).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  /**
   * The second person's word. Said again by the same person, it changes nothing.
   * @throws DomainError `NotFound`, `NotAwaitingApproval`, `SecondPersonNeeded`, `ApprovalExpired`, or the refusal by
   * the contracts, which are asked once more
   */
  async approve({ by, wait }: Intent, id: string): Promise<Command> {
    const person = by.person;
    if (person === undefined) throw new DomainError("PersonNeeded");
    const approved = await this.database.write(async (manager) => {
      const command = await this.#ofParty(manager, id, by);
      if (command.state !== "Proposed") {
        if (command.approvedBy === person.account) return [];
        throw new DomainError("NotAwaitingApproval", { state: command.state });
      }
      if (command.madeBy === person.account && person.rank !== "owner") {
        throw new DomainError("SecondPersonNeeded");
      }
      const rows = await this.#requestOf(manager, command);
      if ((command.approvalEnds ?? 0) <= now()) {
        await fail(manager, rows, new DomainError("ApprovalExpired"));
        return undefined;
      }
      const approved = rows.map((row): Command => {
        const state = row.operation === null ? "Queued" : "Scheduled";
        return { ...row, state, approvedBy: person.account };
      });
      for (const { id, state, approvedBy } of approved) {
        await manager.update(CommandRow, { id }, { state, approvedBy });
      }
      return approved;
    });
    if (approved === undefined) throw new DomainError("ApprovalExpired", {}, id);
    crashPoint("after-approval");
    return this.commands.carryOut(approved, id, wait);
  }

  /**
   * Ends what waits; nothing was sent.
   * @throws DomainError `NotFound`, `NotAwaitingApproval`, `RankTooLow`
   */
  async reject(by: Actor, id: string, reason: string | undefined): Promise<Command> {
    const { person } = by;
    if (person === undefined) throw new DomainError("PersonNeeded");
    await this.database.write(async (manager) => {
      const command = await this.#ofParty(manager, id, by);
      if (command.state !== "Proposed") {
        throw new DomainError("NotAwaitingApproval", { state: command.state });
      }
      if (person.rank === "maker" && command.madeBy !== person.account) {
        throw new DomainError("RankTooLow", { needs: "approver", is: person.rank });
      }
      const values = { by: person.account, ...(reason !== undefined && { reason }) };
      const rows = await this.#requestOf(manager, command);
      await fail(manager, rows, new DomainError("CommandRejected", values));
    });
    return this.outbox.get(id);
  }

  /** Ends what nobody has approved in time. */
  async lapse(): Promise<void> {
    const late = { state: "Proposed" as const, approvalEnds: LessThanOrEqual(now()) };
    if (!(await this.database.read.existsBy(CommandRow, late))) return;
    await this.database.write(async (manager) => {
      await fail(
        manager,
        await manager.findBy(CommandRow, late),
        new DomainError("ApprovalExpired"),
      );
    });
  }

  async #ofParty(manager: EntityManager, id: string, by: Actor): Promise<CommandRow> {
    const command = await manager.findOneBy(CommandRow, { id, party: by.id });
    if (command === null) throw new DomainError("NotFound");
    return command;
  }

  #requestOf(manager: EntityManager, { party, idempotencyKey }: Command): Promise<Command[]> {
    return manager.find(CommandRow, {
      where: { party, idempotencyKey, state: "Proposed" },
      order: { step: "ASC" },
    });
  }
}

async function fail(
  manager: EntityManager,
  rows: readonly Command[],
  { code, values }: DomainError,
): Promise<void> {
  for (const { id } of rows) {
    await manager.update(CommandRow, { id }, { state: "Failed", error: { code, values } } as never);
  }
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}
