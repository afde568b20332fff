import { Injectable, Logger } from "@nestjs/common";
import { In, IsNull, MoreThan, type EntityManager } from "typeorm";
import { Contracts, type Act } from "../chain/contracts.ts";
import type { ContractName } from "../chain/deployment.ts";
import { DomainError } from "../chain/domain-error.ts";
import type { Receipt } from "../chain/rpc.ts";
import { Database } from "../database/database.ts";
import { pageOf, type Page } from "../http/paging.ts";
import { commandsSettled } from "../metrics/counters.ts";
import { isSeen } from "../projection/seen.ts";
import type { CommandQuery } from "./command.dto.ts";
import {
  CommandRow,
  SigningAccountRow,
  type Command,
  type CommandState,
  type Prepared,
} from "./command.entity.ts";
import { trace } from "./command-trace.ts";
import type { Intent } from "./intent.ts";
import { newCommand } from "./new-command.ts";
import { waitsForSecond } from "./second-person.ts";
import { isUnchanged } from "./unchanged.ts";

/** Mined, or never to be. */
export const settled: readonly CommandState[] = ["Mined", "Final", "Failed"];
/** To be brought to the chain, or looked for there. */
export const underWay: readonly CommandState[] = ["Queued", "Signed", "Submitted"];

/** The commands on record. Every change of a command is one transaction. */
@Injectable()
export class Outbox {
  readonly #log = new Logger("Commands");

  constructor(
    private readonly database: Database,
    private readonly contracts: Contracts,
  ) {}

  /**
   * Puts an act on record. The same key and step again gives the command that is there.
   * @throws DomainError `IdempotencyKeyReused`
   */
  async place(
    intent: Intent,
    act: Act,
    step: number,
  ): Promise<{ readonly command: Command; readonly isNew: boolean }> {
    return this.database.write((manager) => this.#put(manager, intent, act, step));
  }

  /**
   * Puts an act on record that has to be scheduled first: both steps, or neither.
   * @param operation that the first schedules and the second carries out
   * @throws DomainError `IdempotencyKeyReused`
   */
  async placeScheduled(
    intent: Intent,
    schedule: Act,
    act: Act,
    operation: string,
  ): Promise<{ readonly first: Command; readonly second: Command; readonly isNew: boolean }> {
    return this.database.write(async (manager) => {
      const { command: first, isNew } = await this.#put(manager, intent, schedule, 0);
      const { command: second } = await this.#put(manager, intent, act, 1, operation);
      return { first, second, isNew };
    });
  }

  async #put(
    manager: EntityManager,
    intent: Intent,
    act: Act,
    step: number,
    operation?: string,
  ): Promise<{ readonly command: Command; readonly isNew: boolean }> {
    const { by, idempotencyKey, requestHash } = intent;
    if (intent.repeatable) {
      const known = await manager.findOneBy(CommandRow, { party: by.id, idempotencyKey, step });
      if (known !== null) {
        if (known.requestHash !== requestHash) throw new DomainError("IdempotencyKeyReused");
        return { command: known, isNew: false };
      }
    }
    const createdAt = Math.floor(Date.now() / 1000);
    const { utcOffset } = this.contracts.deployment;
    const waits = await waitsForSecond(manager, intent, step, createdAt, utcOffset);
    const command = newCommand(intent, act, {
      step,
      createdAt,
      waits,
      operation: operation ?? null,
    });
    await manager.insert(CommandRow, command as never);
    return { command, isNew: true };
  }

  /** Undefined where somebody else has taken up the command. */
  async prepare(command: Command, prepared: Prepared): Promise<Command | undefined> {
    return this.database.write(async (manager) => {
      if (!(await isUnchanged(manager, command))) return undefined;
      await manager.update(CommandRow, { id: command.id }, { prepared });
      return { ...command, prepared };
    });
  }

  /**
   * Says of a command that waits out a delay, or is to wait on, from when it may be taken up, and whether it is now.
   * As the record then has it.
   */
  async timed(
    command: Command,
    state: "Scheduled" | "Queued",
    notBefore: number | null,
  ): Promise<Command> {
    return this.database.write(async (manager) => {
      const { id } = command;
      if (!(await isUnchanged(manager, command)))
        return manager.findOneByOrFail(CommandRow, { id });
      const change = { state, notBefore, prepared: null };
      await manager.update(CommandRow, { id }, change);
      return { ...command, ...change };
    });
  }

  /**
   * As the record then has it: where another process was quicker, as that one left it.
   * @param version the transaction that the chain has, of all that were signed
   */
  async move(
    command: Command,
    state: CommandState,
    block: number | null = null,
    version: Pick<Command, "raw" | "transaction"> = command,
  ): Promise<Command> {
    const { raw, transaction } = version;
    const { id } = command;
    const from = command.state === "Mined" ? ["Mined" as const] : [...underWay];
    const moved = { state, block, raw, transaction };
    return this.database.write(async (manager) => {
      const same = { id, state: In(from), transaction: command.transaction ?? IsNull() };
      const { affected } = await manager.update(CommandRow, same, moved);
      return affected === 1
        ? { ...command, ...moved }
        : manager.findOneByOrFail(CommandRow, { id });
    });
  }

  /**
   * Undone where somebody else has taken up the command: what has become of it there is given.
   * @param giveBack the nonce was allotted last and the network refused the bytes: it is free again
   */
  fail(command: Command, error: DomainError, giveBack = false): Promise<Command> {
    return this.#fail(command, error, giveBack, () => Promise.resolve(true));
  }

  /**
   * Of what is mined to no effect. Unchanged while the read model does not have its block: only what it has seen does it
   * see go, and a failed command is looked for no more.
   */
  failIn(
    { block, blockHash }: Pick<Receipt, "block" | "blockHash">,
    command: Command,
    error: DomainError,
  ): Promise<Command> {
    return this.#fail(command, error, false, (manager) => isSeen(manager, block, blockHash));
  }

  async #fail(
    command: Command,
    error: DomainError,
    giveBack: boolean,
    mayFail: (manager: EntityManager) => Promise<boolean>,
  ): Promise<Command> {
    const { code, values } = error;
    const failed = {
      state: "Failed" as const,
      error: { code, values },
      prepared: null,
      ...(giveBack && { nonce: null, raw: null, transaction: null }),
    };
    const isDone = await this.database.write(async (manager) => {
      if (!(await isUnchanged(manager, command)) || !(await mayFail(manager))) return false;
      await manager.update(CommandRow, { id: command.id }, failed as never);
      if (giveBack && command.nonce !== null) {
        await manager.update(
          SigningAccountRow,
          { key: command.key, nextNonce: command.nonce + 1 },
          { nextNonce: command.nonce },
        );
      }
      return true;
    });
    if (!isDone) return this.get(command.id);
    const done = { ...command, ...failed };
    commandsSettled.inc({ outcome: "failed" });
    trace(this.#log, "failed", done);
    return done;
  }

  /** Keeps the first answer to a request; a refusal only until there is something better. */
  async answered(id: string, response: NonNullable<CommandRow["response"]>): Promise<void> {
    await this.database.write(async (manager) => {
      const known = await manager.findOneByOrFail(CommandRow, { id });
      if (known.response !== null && known.response.status < 400) return;
      await manager.update(CommandRow, { id }, { response } as never);
    });
  }

  async get(id: string): Promise<Command> {
    return this.database.read.findOneByOrFail(CommandRow, { id });
  }

  /** A command of the party; of another party's none. */
  find(id: string, party: string): Promise<Command | null> {
    return this.database.read.findOneBy(CommandRow, { id, party });
  }

  list(party: string, query: CommandQuery): Promise<Page<Command>> {
    return pageOf(this.database.read, CommandRow, query, ["createdAt", "id"], (rows) => {
      rows.andWhere("row.party = :party", { party });
      if (query.state !== undefined) rows.andWhere("row.state = :state", { state: query.state });
    });
  }

  /** The first command of a request with this key. */
  firstOf(party: string, idempotencyKey: string): Promise<Command | null> {
    return this.database.read.findOneBy(CommandRow, { party, idempotencyKey, step: 0 });
  }

  /** The command of the step before, in the same request. */
  before({ party, idempotencyKey, step }: Command): Promise<Command> {
    const where = { party, idempotencyKey, step: step - 1 };
    return this.database.read.findOneByOrFail(CommandRow, where);
  }

  /** All commands of a request with this key, in the order of its steps. */
  allOf(party: string, idempotencyKey: string): Promise<Command[]> {
    return this.database.read.find(CommandRow, {
      where: { party, idempotencyKey },
      order: { step: "ASC" },
    });
  }

  /** Blocks after this one are gone: what was in them is to be sent again. */
  async unmine(manager: EntityManager, after: number): Promise<void> {
    const gone = { block: MoreThan(after), state: In(["Mined", "Final", "Failed"]) };
    await manager.update(CommandRow, gone, {
      state: "Submitted",
      block: null,
      error: null,
    } as never);
  }
}

export function actOf(command: Command): Act {
  const { method, args, to, data, renames } = command;
  return {
    contract: command.contract as ContractName,
    method,
    args,
    to,
    data,
    ...(renames && { renames }),
  };
}
