import { Inject, Injectable } from "@nestjs/common";
import { Between } from "typeorm";
import { Chain } from "../chain/chain.ts";
import type { Config } from "../config/config.ts";
import { CONFIG } from "../config/config.module.ts";
import { Database } from "../database/database.ts";
import { CommandRow, type Command } from "./command.entity.ts";
import { Signatures } from "./signatures.ts";

/**
 * Commands that a block has refused, looked up once more when that block stays. Whoever said so may have been on another
 * fork, or the block may have gone before that was on record: then the act may have taken effect after all, and who is
 * told that it failed does it twice.
 */
@Injectable()
export class Failures {
  readonly #sure = new Map<string, number>();
  #upTo = -1;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly chain: Chain,
    private readonly signatures: Signatures,
  ) {}

  /**
   * Those that are not refused in a block up to `last` are under way again; the sweep finds out what they are.
   * @throws NetworkUnreachable
   */
  async review(last: number): Promise<void> {
    if (last <= this.#upTo) return;
    const from = Math.max(last - this.config.journalBlocks, 0);
    for (const [id, block] of this.#sure) if (block < from) this.#sure.delete(id);
    const failed = await this.database.read.find(CommandRow, {
      where: { state: "Failed", block: Between(from, last) },
      order: { block: "ASC" },
    });
    for (const command of failed) {
      if (this.#sure.has(command.id)) continue;
      if (await this.#isRefused(command)) this.#sure.set(command.id, command.block ?? 0);
      else await this.#takeUp(command);
    }
    this.#upTo = last;
  }

  async #isRefused(command: Command): Promise<boolean> {
    for (const { hash } of await this.signatures.versions(command)) {
      const receipt = await this.chain.rpc.receipt(hash);
      if (receipt !== undefined) return !receipt.succeeded;
    }
    return false;
  }

  async #takeUp({ id, block }: Command): Promise<void> {
    const again = { state: "Submitted" as const, block: null, error: null };
    await this.database.write((manager) =>
      manager.update(CommandRow, { id, state: "Failed", block: block ?? 0 }, again),
    );
  }
}
