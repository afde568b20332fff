import { Injectable } from "@nestjs/common";
import { In, LessThan } from "typeorm";
import { Chain } from "../chain/chain.ts";
import type { SignedTransaction } from "../chain/transaction.ts";
import { crashPoint } from "../crash/crash-points.ts";
import { Database } from "../database/database.ts";
import { isApproved } from "../organisation/approval.ts";
import { CommandTransactionRow } from "./command-transaction.entity.ts";
import { CommandRow, SigningAccountRow, type Command } from "./command.entity.ts";
import { actOf } from "./outbox.ts";
import { isUnchanged } from "./unchanged.ts";

/** Nonces, and every version of what was signed. To be used in the key's turn. */
@Injectable()
export class Signatures {
  constructor(
    private readonly database: Database,
    private readonly chain: Chain,
  ) {}

  /** The nonce that comes next for a key by what has been signed; the chain may be further. */
  async nextNonce(key: string): Promise<number> {
    const account = await this.database.read.findOneBy(SigningAccountRow, { key });
    return account?.nextNonce ?? 0;
  }

  /**
   * Chooses the nonce, signs, and stores the bytes with the nonce: one transaction, before anything is sent. Undefined
   * where somebody else has taken up the command, or used the key, in between: what was signed here is forgotten.
   */
  async sign(command: Command, floor: number): Promise<Command | undefined> {
    const next = await this.nextNonce(command.key);
    // The chain's nonce is a floor: ours may be ahead of it, and never goes back.
    const nonce = Math.max(next, floor);
    crashPoint("after-nonce");
    const signed = await this.chain.sign(command.key, actOf(command), nonce);
    crashPoint("after-bytes");
    return this.keep(command, nonce, signed, next);
  }

  /**
   * Stores what was signed for a nonce. Undefined as above, and where whoever has approved the command may approve no
   * more: it then waits for another person.
   * @param next the key's next nonce as it was when this one was chosen
   */
  async keep(
    command: Command,
    nonce: number,
    { raw, hash }: SignedTransaction,
    next?: number,
  ): Promise<Command | undefined> {
    return this.database.write(async (manager) => {
      const { id, key } = command;
      if (!(await isUnchanged(manager, command))) return undefined;
      if (command.state === "Queued" && !(await isApproved(manager, command))) {
        const proposed = { state: "Proposed" as const, approvedBy: null, prepared: null };
        await manager.update(CommandRow, { id }, proposed);
        return undefined;
      }
      const account = await manager.findOneBy(SigningAccountRow, { key });
      const known = account?.nextNonce ?? 0;
      if (next !== undefined && known !== next) return undefined;
      const signed = { state: "Signed" as const, nonce, raw, transaction: hash, prepared: null };
      const nextNonce = Math.max(nonce + 1, known);
      await manager.upsert(SigningAccountRow, { key, nextNonce }, ["key"]);
      await manager.update(CommandRow, { id }, signed);
      // The same bytes were another command's where that was refused by every node, and its nonce given back.
      await manager.upsert(CommandTransactionRow, versionOf(command, raw, hash), ["hash"]);
      crashPoint("after-signing");
      return { ...command, ...signed };
    });
  }

  /** Stores another version of what was signed, with the same nonce. Undefined as above. */
  async replace(command: Command, { raw, hash }: SignedTransaction): Promise<Command | undefined> {
    return this.database.write(async (manager) => {
      if (!(await isUnchanged(manager, command))) return undefined;
      await manager.update(CommandRow, { id: command.id }, { raw, transaction: hash });
      await manager.insert(CommandTransactionRow, versionOf(command, raw, hash));
      return { ...command, raw, transaction: hash };
    });
  }

  /** Everything that was ever signed for a command, newest first. */
  versions(command: Command): Promise<CommandTransactionRow[]> {
    return this.database.read.find(CommandTransactionRow, {
      where: { command: command.id },
      order: { signedAt: "DESC", hash: "ASC" },
    });
  }

  /** What was sent before a nonce and is not known to be mined, in its order. */
  before(key: string, nonce: number): Promise<Command[]> {
    return this.database.read.find(CommandRow, {
      where: { key, nonce: LessThan(nonce), state: In(["Signed", "Submitted"]) },
      order: { nonce: "ASC" },
    });
  }
}

function versionOf(command: Command, raw: string, hash: string): CommandTransactionRow {
  return { hash, command: command.id, raw, signedAt: Math.floor(Date.now() / 1000) };
}
