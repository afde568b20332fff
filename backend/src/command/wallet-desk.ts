import { Inject, Injectable } from "@nestjs/common";
import { Chain } from "../chain/chain.ts";
import { DomainError } from "../chain/domain-error.ts";
import { preparedOf } from "../chain/transaction.ts";
import type { Config } from "../config/config.ts";
import { CONFIG } from "../config/config.module.ts";
import type { Command } from "./command.entity.ts";
import { actOf, Outbox } from "./outbox.ts";
import { Signatures } from "./signatures.ts";
import { Unsettled } from "./unsettled.ts";

/**
 * Lays out what wallets have to sign: of each key one transaction at a time. Its nonce is allotted when the signature
 * comes, so that what nobody signs leaves no hole; two laid out at once would need two nonces, and the second could
 * not be mined without the first.
 */
@Injectable()
export class WalletDesk {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly outbox: Outbox,
    private readonly unsettled: Unsettled,
    private readonly signatures: Signatures,
    private readonly chain: Chain,
  ) {}

  /** Whether something else of its key is laid out. */
  async hasToWait(command: Command): Promise<boolean> {
    const open = await this.unsettled.prepared(command.key);
    return open !== null && open.id !== command.id;
  }

  /** Whether nothing is done for a command before somebody signs it, or one before it, or approves it once more. */
  async waitsForPerson(command: Command): Promise<boolean> {
    if (command.state === "Proposed") return true;
    if (command.state !== "Queued") return false;
    return command.prepared !== null || (await this.hasToWait(command));
  }

  /** To be called in the key's turn. */
  async prepare(command: Command): Promise<Command> {
    if (await this.#isContract(command.key)) {
      return this.outbox.fail(
        command,
        new DomainError("ContractCannotSend", { account: command.key }),
      );
    }
    const nonce = await this.#nonce(command.key);
    const transaction = await this.chain.transactionFor(command.key, actOf(command), nonce);
    const expiresAt = command.prepared?.expiresAt ?? now() + this.config.signWithin;
    const prepared = { ...preparedOf(transaction), expiresAt };
    return (await this.outbox.prepare(command, prepared)) ?? this.outbox.get(command.id);
  }

  /**
   * What is laid out too long fails; what cannot be mined any more, because its nonce was used elsewhere, is laid out
   * anew. To be called in the key's turn.
   */
  async review(id: string): Promise<Command> {
    const command = await this.outbox.get(id);
    const { prepared } = command;
    if (command.state !== "Queued" || prepared === null) return command;
    if (prepared.expiresAt <= now()) {
      // It goes on being scheduled, and is laid out again until that ends.
      if (command.operation !== null) {
        return this.outbox.timed(command, "Scheduled", command.notBefore);
      }
      return this.outbox.fail(command, new DomainError("NotSigned", { account: command.key }));
    }
    return (await this.#nonce(command.key)) === prepared.nonce ? command : this.prepare(command);
  }

  /** The network's; ours, where something of ours is on its way and a node may not have it yet. */
  async #nonce(key: string): Promise<number> {
    const pending = await this.chain.rpc.nonceOf(key);
    const next = await this.signatures.nextNonce(key);
    const isOnItsWay = (await this.signatures.before(key, next)).length > 0;
    return isOnItsWay ? Math.max(next, pending) : pending;
  }

  /** An account with code of its own signs no transactions; one that borrows another's (EIP-7702) does. */
  async #isContract(account: string): Promise<boolean> {
    const code = await this.chain.rpc.send("eth_getCode", [account, "latest"]);
    return typeof code === "string" && code !== "0x" && !code.startsWith("0xef0100");
  }
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}
