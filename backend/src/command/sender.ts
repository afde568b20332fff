import { Injectable, Logger } from "@nestjs/common";
import { PartyDirectory } from "../auth/party-directory.ts";
import { Chain, type Broadcast } from "../chain/chain.ts";
import { DomainError } from "../chain/domain-error.ts";
import { Signer } from "../chain/signer.ts";
import { crashPoint } from "../crash/crash-points.ts";
import { noncesReplaced, rebroadcastsRefused } from "../metrics/counters.ts";
import type { Command } from "./command.entity.ts";
import { trace } from "./command-trace.ts";
import { actOf, Outbox } from "./outbox.ts";
import { Repair } from "./repair.ts";
import { Signatures } from "./signatures.ts";
import { WalletDesk } from "./wallet-desk.ts";

/** Brings single commands to the network. Everything here is to be called in the key's turn. */
@Injectable()
export class Sender {
  readonly #log = new Logger("Commands");
  readonly #floors = new Map<string, number>();

  constructor(
    private readonly outbox: Outbox,
    private readonly signatures: Signatures,
    private readonly repair: Repair,
    private readonly wallets: WalletDesk,
    private readonly chain: Chain,
    private readonly signer: Signer,
    private readonly parties: PartyDirectory,
  ) {}

  /** What the chain said of nonces counts no more. */
  forget(): void {
    this.#floors.clear();
  }

  /**
   * Simulates a command, and signs and sends it, or prepares it for a wallet to sign. It comes back `Failed` where it is
   * refused.
   * @throws SignerUnavailable, NetworkUnreachable: it is to be tried again
   */
  async send(command: Command): Promise<Command> {
    const replaced = await this.refusalOfKey(command);
    if (replaced !== undefined) return this.#fail(command, replaced);
    const isOurs = await this.signer.signsFor(command.key);
    if (!isOurs && (await this.wallets.hasToWait(command))) return command;
    const refusal = await this.chain.simulate(command.key, actOf(command));
    if (refusal !== undefined) {
      // The node's clock is behind: it is looked at again.
      const isEarly = command.operation !== null && refusal.code === "AccessManagerNotReady";
      if (isEarly) return this.outbox.timed(command, "Scheduled", command.notBefore);
      return this.#fail(command, refusal);
    }
    return isOurs ? this.#sign(command) : this.wallets.prepare(command);
  }

  /** Sends bytes that no node has had yet: what every node refuses will not come back later. */
  async sendFirst(signed: Command): Promise<Command> {
    let answer = await this.#broadcast(signed);
    if (answer.kind === "early") {
      for (const earlier of await this.signatures.before(signed.key, signed.nonce ?? 0)) {
        await this.#broadcast(earlier);
      }
      answer = await this.#broadcast(signed);
    }
    if (answer.kind !== "refused") return this.#took(signed, answer);
    const error = new DomainError("BroadcastRefused", { reason: answer.reason });
    return this.#fail(signed, error, true);
  }

  /** Sends the same bytes again, since a node may have lost them, and repairs what keeps them from being mined. */
  async resend(command: Command): Promise<Command> {
    const sent = await this.#took(command, await this.#broadcast(command));
    const isStill = sent.id === command.id && sent.raw === command.raw && sent.state !== "Failed";
    const repaired = isStill ? await this.repair.attempt(sent) : undefined;
    if (repaired === undefined) return sent;
    crashPoint("after-raise");
    return this.#took(repaired, await this.#broadcast(repaired));
  }

  /**
   * What was put on record before a party's key was replaced is not signed with the old one, also where the contracts
   * would let anybody do it: it would be that account's money.
   */
  async refusalOfKey({ party, key }: Command): Promise<DomainError | undefined> {
    const entry = await this.parties.find(party);
    return entry === undefined || entry.key === key
      ? undefined
      : new DomainError("KeyReplaced", { party, key });
  }

  async #sign(command: Command): Promise<Command> {
    const signed = await this.signatures.sign(command, await this.#floor(command.key));
    if (signed === undefined) return this.outbox.get(command.id);
    crashPoint("after-signed-commit");
    trace(this.#log, "signed", signed);
    return this.sendFirst(signed);
  }

  async #broadcast({ id, raw, transaction }: Command): Promise<Broadcast> {
    if (raw === null || transaction === null) throw new Error(`Command ${id} has no bytes.`);
    crashPoint("before-broadcast");
    const answer = await this.chain.broadcast({ raw, hash: transaction });
    crashPoint("after-broadcast");
    return answer;
  }

  async #took(command: Command, answer: Broadcast): Promise<Command> {
    if (answer.kind === "taken") return { ...command, state: "Submitted" };
    if (answer.kind === "nonceUsed" && (await this.repair.isBurnt(command))) {
      return this.#signAgain(command);
    }
    if (answer.kind === "refused") rebroadcastsRefused.inc();
    this.#log.warn(`Command ${command.id} will be sent again: ${answer.reason}`);
    return command;
  }

  /** Somebody else has used the nonce for good, with the same key: ours can never be mined, so another is safe. */
  async #signAgain(command: Command): Promise<Command> {
    this.#floors.delete(command.key);
    noncesReplaced.inc();
    if (await this.signer.signsFor(command.key)) return this.send(command);
    const { key: account, nonce } = command;
    return this.#fail(command, new DomainError("NonceTaken", { account, nonce }));
  }

  async #fail(command: Command, error: DomainError, giveBack = false): Promise<Command> {
    const failed = await this.outbox.fail(command, error, giveBack);
    crashPoint("after-failed");
    return failed;
  }

  async #floor(key: string): Promise<number> {
    const known = this.#floors.get(key);
    if (known !== undefined) return known;
    const floor = await this.chain.rpc.nonceOf(key);
    this.#floors.set(key, floor);
    return floor;
  }
}
