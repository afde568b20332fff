import { Injectable } from "@nestjs/common";
import type { Actor } from "../auth/actor.ts";
import { Chain } from "../chain/chain.ts";
import { DomainError } from "../chain/domain-error.ts";
import { compare } from "../chain/transaction.ts";
import { crashPoint } from "../crash/crash-points.ts";
import type { Command } from "./command.entity.ts";
import { KeyLock } from "./key-lock.ts";
import { Outbox } from "./outbox.ts";
import { Sender } from "./sender.ts";
import { Signatures } from "./signatures.ts";
import { WalletDesk } from "./wallet-desk.ts";

/** Takes what wallets have signed. */
@Injectable()
export class WalletAnswers {
  constructor(
    private readonly outbox: Outbox,
    private readonly signatures: Signatures,
    private readonly desk: WalletDesk,
    private readonly sender: Sender,
    private readonly lock: KeyLock,
    private readonly chain: Chain,
  ) {}

  /**
   * Stores the bytes of a prepared transaction and sends them. The same bytes again change nothing.
   * @param raw 0x and hexadecimal digits
   * @throws DomainError `NotFound`, `NotSigned`, `NotToBeSigned`, `NotPrepared`, `TransactionUnreadable`,
   * `TransactionDiffers`, `NonceTaken`, `KeyReplaced`, `BroadcastRefused`
   */
  async take(by: Actor, id: string, raw: string): Promise<Command> {
    const command = await this.outbox.find(id, by.id);
    if (command === null) throw new DomainError("NotFound");
    const taken = await this.lock.exclusively(command.key, () => this.#take(id, raw.toLowerCase()));
    if (taken.error !== null && taken.block === null) {
      throw new DomainError(taken.error.code, taken.error.values, id);
    }
    return taken;
  }

  async #take(id: string, raw: string): Promise<Command> {
    const command = await this.outbox.get(id);
    if ((await this.signatures.versions(command)).some((version) => version.raw === raw)) {
      return command;
    }
    const reviewed = await this.desk.review(id);
    const { key, prepared } = reviewed;
    if (reviewed.error !== null) return reviewed;
    if (reviewed.state !== "Queued") {
      throw new DomainError("NotToBeSigned", { state: reviewed.state });
    }
    if (prepared === null) throw new DomainError("NotPrepared");
    const comparison = compare(key, prepared, raw);
    if (comparison.kind === "unreadable") {
      throw new DomainError("TransactionUnreadable", { reason: comparison.reason });
    }
    if (comparison.kind === "different") {
      throw new DomainError("TransactionDiffers", { fields: comparison.fields.join(", ") });
    }
    const replaced = await this.sender.refusalOfKey(reviewed);
    if (replaced !== undefined) return this.outbox.fail(reviewed, replaced);
    const { hash } = comparison;
    const signed = await this.signatures.keep(reviewed, prepared.nonce, { raw, hash });
    if (signed === undefined) return this.outbox.get(id);
    crashPoint("after-wallet-kept");
    return this.sender.sendFirst(signed);
  }
}
