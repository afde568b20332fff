import { Inject, Injectable, Logger } from "@nestjs/common";
import { Chain } from "../chain/chain.ts";
import { Signer } from "../chain/signer.ts";
import type { Config } from "../config/config.ts";
import { CONFIG } from "../config/config.module.ts";
import type { Command } from "./command.entity.ts";
import { Signatures } from "./signatures.ts";

/** What keeps a transaction from being mined, and what helps. To be used in the key's turn. */
@Injectable()
export class Repair {
  readonly #log = new Logger("Commands");

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly signatures: Signatures,
    private readonly chain: Chain,
    private readonly signer: Signer,
  ) {}

  /**
   * Whether another transaction has a command's nonce in a block that stays, so that none of its own versions can ever
   * be mined. Nonce and receipts are of one node: one that is behind does not make it look so.
   */
  async isBurnt(command: Command): Promise<boolean> {
    const head = await this.chain.rpc.header("latest");
    if (head === undefined || command.nonce === null) return false;
    const final = Math.max(head.number - this.config.finalityBlocks, 0);
    const hashes = (await this.signatures.versions(command)).map(({ hash }) => hash);
    const { nonce, receipts } = await this.chain.rpc.standing(command.key, final, hashes);
    return receipts.length === 0 && nonce > command.nonce;
  }

  /**
   * After the policy's time: a version with a higher fee for a transaction that is next, and fillers for nonces before
   * it that nobody will use. Undefined where the same bytes are to go on waiting.
   */
  async attempt(command: Command): Promise<Command | undefined> {
    const { key, nonce, raw } = command;
    if (nonce === null || raw === null || !(await this.#isOld(command))) return undefined;
    if (!(await this.signer.signsFor(key))) return undefined;
    const { nonce: mined } = await this.chain.rpc.standing(key, "latest", []);
    if (mined < nonce) return this.#fill(command, mined, nonce);
    return mined === nonce ? this.#raise(command, raw) : undefined;
  }

  async #raise(command: Command, raw: string): Promise<Command | undefined> {
    const raised = await this.chain.signRaised(command.key, raw);
    if (raised === undefined) {
      this.#log.warn(`Command ${command.id} is not mined, and FEE_CAP allows no higher fee.`);
      return undefined;
    }
    const replaced = await this.signatures.replace(command, raised);
    if (replaced !== undefined) this.#log.log(`Command ${command.id} offers a higher fee.`);
    return replaced;
  }

  /** Nonces that are neither ours nor in the network: what had them was lost, and they hold up all that come after. */
  async #fill(command: Command, from: number, to: number): Promise<undefined> {
    const isFirst = (await this.signatures.before(command.key, to)).length === 0;
    if (!isFirst || (await this.chain.rpc.nonceOf(command.key)) > from) return;
    for (let nonce = from; nonce < to; nonce += 1) {
      this.#log.warn(`Nonce ${nonce} of ${command.key} is nobody's; it is used up to no effect.`);
      await this.chain.sendNothing(command.key, nonce);
    }
  }

  async #isOld(command: Command): Promise<boolean> {
    const [newest] = await this.signatures.versions(command);
    const age = Math.floor(Date.now() / 1000) - (newest?.signedAt ?? command.createdAt);
    return age >= this.config.gas.replaceAfter;
  }
}
