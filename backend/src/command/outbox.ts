import { randomUUID } from "node:crypto";
import { Injectable } from "@nestjs/common";
import { In, IsNull, LessThan, LessThanOrEqual, MoreThan, Not, type EntityManager } from "typeorm";
import type { Act } from "../chain/contracts.ts";
import type { ContractName } from "../chain/deployment.ts";
import { DomainError } from "../chain/domain-error.ts";
import { Database } from "../database/database.ts";
import {
  CommandRow,
  SigningAccountRow,
  type Command,
  type CommandState,
  type Prepared,
} from "./command.entity.ts";
import type { Intent } from "./intent.ts";
import { isUnchanged } from "./unchanged.ts";

/** The commands on record. Every change of a command is one transaction. */
@Injectable()
export class Outbox {
  constructor(private readonly database: Database) {}

  /**
   * Puts an act on record. The same key and step again gives the command that is there.
   * @throws DomainError `IdempotencyKeyReused`
   */
  async place(
    intent: Intent,
    act: Act,
    step: number,
  ): Promise<{ readonly command: Command; readonly isNew: boolean }> {
    return this.database.write(async (manager) => {
      const { by, idempotencyKey, requestHash } = intent;
      if (intent.repeatable) {
        const known = await manager.findOneBy(CommandRow, { party: by.id, idempotencyKey, step });
        if (known !== null) {
          if (known.requestHash !== requestHash) throw new DomainError("IdempotencyKeyReused");
          return { command: known, isNew: false };
        }
      }
      const command: Command = {
        id: randomUUID(),
        party: by.id,
        key: by.key,
        idempotencyKey,
        step,
        requestHash,
        contract: act.contract,
        method: act.method,
        args: act.args,
        to: act.to,
        data: act.data,
        renames: act.renames ?? null,
        state: "Queued",
        nonce: null,
        raw: null,
        prepared: null,
        transaction: null,
        block: null,
        error: null,
        response: null,
        createdAt: Math.floor(Date.now() / 1000),
      };
      await manager.insert(CommandRow, command as never);
      return { command, isNew: true };
    });
  }

  /** Undefined where somebody else has taken up the command. */
  async prepare(command: Command, prepared: Prepared): Promise<Command | undefined> {
    return this.database.write(async (manager) => {
      if (!(await isUnchanged(manager, command))) return undefined;
      await manager.update(CommandRow, { id: command.id }, { prepared } as never);
      return { ...command, prepared };
    });
  }

  /** Everything that a wallet has to sign. */
  allPrepared(): Promise<Command[]> {
    return this.database.read.findBy(CommandRow, { state: "Queued", prepared: Not(IsNull()) });
  }

  /** What a wallet has to sign before anything else of its key can be prepared. */
  prepared(key: string): Promise<Command | null> {
    return this.database.read.findOneBy(CommandRow, {
      key,
      state: "Queued",
      prepared: Not(IsNull()),
    });
  }

  /** @param version the transaction that the chain has, of all that were signed */
  async move(
    command: Command,
    state: CommandState,
    block: number | null = null,
    version: Pick<Command, "raw" | "transaction"> = command,
  ): Promise<Command> {
    const { raw, transaction } = version;
    const moved = { state, block, raw, transaction };
    await this.#update(command.id, moved);
    return { ...command, ...moved };
  }

  /**
   * Undone where somebody else has taken up the command: what has become of it there is given.
   * @param giveBack the nonce was allotted last and the network refused the bytes: it is free again
   */
  async fail(command: Command, error: DomainError, giveBack = false): Promise<Command> {
    const { code, values } = error;
    const failed = {
      state: "Failed" as const,
      error: { code, values },
      prepared: null,
      ...(giveBack && { nonce: null, raw: null, transaction: null }),
    };
    const isDone = await this.database.write(async (manager) => {
      if (!(await isUnchanged(manager, command))) return false;
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
    return { ...command, ...failed };
  }

  async answered(id: string, response: NonNullable<CommandRow["response"]>): Promise<void> {
    await this.#update(id, { response });
  }

  async get(id: string): Promise<Command> {
    return this.database.read.findOneByOrFail(CommandRow, { id });
  }

  /** A command of the party; of another party's none. */
  find(id: string, party: string): Promise<Command | null> {
    return this.database.read.findOneBy(CommandRow, { id, party });
  }

  /** The first command of a request with this key. */
  firstOf(party: string, idempotencyKey: string): Promise<Command | null> {
    return this.database.read.findOneBy(CommandRow, { party, idempotencyKey, step: 0 });
  }

  /** What a crash or an outage has left: in the order in which it was to be sent. */
  unfinished(
    states: readonly CommandState[] = ["Queued", "Signed", "Submitted"],
  ): Promise<Command[]> {
    return this.database.read.find(CommandRow, {
      // What waits for a wallet is reviewed by itself.
      where: { state: In([...states]), prepared: IsNull() },
      order: { key: "ASC", nonce: "ASC", createdAt: "ASC", step: "ASC" },
      take: 500,
    });
  }

  /** What is mined in blocks up to this one and not said to be final. */
  minedUpTo(block: number): Promise<Command[]> {
    return this.database.read.find(CommandRow, {
      where: { state: "Mined", block: LessThanOrEqual(block) },
      take: 500,
    });
  }

  /** Blocks after this one are gone: what was in them is to be sent again. */
  async unmine(after: number): Promise<void> {
    await this.database.write(async (manager) => {
      const gone = { block: MoreThan(after), state: In(["Mined", "Final", "Failed"]) };
      await manager.update(CommandRow, gone, {
        state: "Submitted",
        block: null,
        error: null,
      } as never);
    });
  }

  async #update(id: string, part: Partial<Command>): Promise<void> {
    await this.database.write((manager) => manager.update(CommandRow, { id }, part as never));
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
