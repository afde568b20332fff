import { randomUUID } from "node:crypto";
import { Injectable } from "@nestjs/common";
import { In, IsNull, LessThanOrEqual, MoreThan, type EntityManager } from "typeorm";
import { Chain } from "../chain/chain.ts";
import type { Act } from "../chain/contracts.ts";
import type { ContractName } from "../chain/deployment.ts";
import { DomainError } from "../chain/domain-error.ts";
import { crashPoint } from "../crash/crash-points.ts";
import { Database } from "../database/database.ts";
import { pageOf, type Page } from "../http/paging.ts";
import { isApproved, waitsForApproval } from "../organisation/approval.ts";
import type { Worth } from "../organisation/worth.ts";
import type { CommandQuery } from "./command.dto.ts";
import {
  CommandRow,
  SigningAccountRow,
  type Command,
  type CommandState,
  type StoredWorth,
} from "./command.entity.ts";
import type { Intent } from "./intent.ts";

/** Seconds that a command waits for a second person. */
const approvalSeconds = 7 * 24 * 3600;
/** Mined, or never to be. */
export const settled: readonly CommandState[] = ["Mined", "Final", "Failed"];
const underWay = ["Queued", "Signed", "Submitted"] as const;

/** The commands on record. Every change of a command is one transaction. */
@Injectable()
export class Outbox {
  constructor(
    private readonly database: Database,
    private readonly chain: Chain,
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
    return this.database.write(async (manager) => {
      const { by, idempotencyKey, requestHash, requestId, worth } = intent;
      if (intent.repeatable) {
        const known = await manager.findOneBy(CommandRow, { party: by.id, idempotencyKey, step });
        if (known !== null) {
          if (known.requestHash !== requestHash) throw new DomainError("IdempotencyKeyReused");
          return { command: known, isNew: false };
        }
      }
      const waits = await waitsForApproval(manager, by, worth);
      const createdAt = Math.floor(Date.now() / 1000);
      const command: Command = {
        id: randomUUID(),
        party: by.id,
        key: by.key,
        idempotencyKey,
        step,
        requestHash,
        requestId,
        contract: act.contract,
        method: act.method,
        args: act.args,
        to: act.to,
        data: act.data,
        renames: act.renames ?? null,
        state: waits ? "Proposed" : "Queued",
        nonce: null,
        raw: null,
        transaction: null,
        block: null,
        error: null,
        response: null,
        createdAt,
        madeBy: by.person?.account ?? null,
        apiKey: by.person?.apiKey?.id ?? null,
        worth: worth === undefined ? null : stored(worth),
        approvedBy: null,
        approvalEnds: waits ? createdAt + approvalSeconds : null,
      };
      await manager.insert(CommandRow, command as never);
      return { command, isNew: true };
    });
  }

  /**
   * Allots the nonce, signs and stores the bytes: one transaction, before anything is sent.
   * Undefined where the command is no longer what it was, because somebody else has taken it up, or because whoever
   * has approved it may approve no more: it then waits for another person.
   */
  async sign(command: Command, floor: number): Promise<Command | undefined> {
    return this.database.write(async (manager) => {
      const { id } = command;
      const onRecord = await manager.findOne(CommandRow, {
        where: { id },
        select: {
          id: true,
          state: true,
          raw: true,
          party: true,
          key: true,
          approvalEnds: true,
          approvedBy: true,
        },
      });
      if (onRecord?.state !== command.state || onRecord.raw !== command.raw) return undefined;
      if (onRecord.state === "Queued" && !(await isApproved(manager, onRecord))) {
        await manager.update(CommandRow, { id }, { state: "Proposed", approvedBy: null });
        return undefined;
      }
      const account = await manager.findOneBy(SigningAccountRow, { key: command.key });
      // The chain's nonce is a floor: ours may be ahead of it, and never goes back.
      const nonce = Math.max(account?.nextNonce ?? 0, floor);
      crashPoint("after-nonce");
      const { raw, hash } = await this.chain.sign(command.key, actOf(command), nonce);
      const signed = { state: "Signed" as const, nonce, raw, transaction: hash };
      await manager.upsert(SigningAccountRow, { key: command.key, nextNonce: nonce + 1 }, ["key"]);
      await manager.update(CommandRow, { id }, signed);
      crashPoint("after-signing");
      return { ...command, ...signed };
    });
  }

  /** As the record then has it: where another process was quicker, as that one left it. */
  async move(command: Command, state: CommandState, block: number | null = null): Promise<Command> {
    return this.#change(command, { state, block });
  }

  /** @param giveBack the nonce was allotted last and the network refused the bytes: it is free again */
  async fail(command: Command, error: DomainError, giveBack = false): Promise<Command> {
    const { code, values } = error;
    const failed = { state: "Failed" as const, error: { code, values } };
    const { key, nonce } = command;
    return this.#change(command, failed, async (manager) => {
      if (!giveBack || nonce === null) return {};
      const { affected } = await manager.update(
        SigningAccountRow,
        { key, nextNonce: nonce + 1 },
        { nextNonce: nonce },
      );
      // It is the next command's then.
      return affected === 1 ? { nonce: null } : {};
    });
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

  /** Those of these commands that are settled. */
  async settledOf(ids: readonly string[]): Promise<Command[]> {
    // A query takes a limited number of parameters; who is left out is asked about the next time.
    const some = ids.slice(0, 500);
    return this.database.read.findBy(CommandRow, { id: In(some), state: In([...settled]) });
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

  /** What a crash or an outage has left: in the order in which it was to be sent. */
  unfinished(states: readonly CommandState[] = underWay): Promise<Command[]> {
    return this.database.read.find(CommandRow, {
      where: { state: In([...states]) },
      order: {
        key: "ASC",
        nonce: { direction: "ASC", nulls: "LAST" },
        createdAt: "ASC",
        step: "ASC",
      },
      take: 500,
    });
  }

  /** Blocks up to this one stay. */
  async finalise(upTo: number): Promise<void> {
    const mined = { state: "Mined" as const, block: LessThanOrEqual(upTo) };
    if (!(await this.database.read.existsBy(CommandRow, mined))) return;
    await this.database.write((manager) => manager.update(CommandRow, mined, { state: "Final" }));
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

  /** Changes a command that is under way still, with the bytes that it has. */
  async #change(
    command: Command,
    part: Partial<Command>,
    more: (manager: EntityManager) => Promise<Partial<Command>> = () => Promise.resolve({}),
  ): Promise<Command> {
    const { id, transaction } = command;
    return this.database.write(async (manager) => {
      const same = { id, state: In([...underWay]), transaction: transaction ?? IsNull() };
      if (!(await manager.existsBy(CommandRow, same))) {
        return manager.findOneByOrFail(CommandRow, { id });
      }
      const all = { ...part, ...(await more(manager)) };
      await manager.update(CommandRow, { id }, all as never);
      return { ...command, ...all };
    });
  }
}

function stored({ kind, amounts }: Worth): StoredWorth {
  return { kind, amounts: amounts.map((each) => ({ ...each, amount: each.amount.toString() })) };
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
