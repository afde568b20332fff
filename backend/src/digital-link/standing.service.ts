import { Injectable } from "@nestjs/common";
import { keccak_256 } from "@noble/hashes/sha3.js";
import type { Actor } from "../auth/actor.ts";
import { Contracts } from "../chain/contracts.ts";
import { LienService } from "../lien/lien.service.ts";
import { hexOf, type Hex } from "../proof/hex.ts";
import { loanSlot } from "../proof/storage.ts";
import { ReceiptService } from "../warehouse/receipt.service.ts";
import { LabelService } from "./label.service.ts";
import { pathOf } from "./lot-address.ts";
import type { ChainCheckDto, StandingDto } from "./standing.dto.ts";
import { StoryService } from "./story.service.ts";

/** What a bank asks of a receipt before it lends: whose it is, and whether somebody has lent on it already. */
@Injectable()
export class StandingService {
  constructor(
    private readonly receipts: ReceiptService,
    private readonly liens: LienService,
    private readonly labels: LabelService,
    private readonly stories: StoryService,
    private readonly contracts: Contracts,
  ) {}

  /** @throws DomainError `NotFound`, for whoever may not read the receipt */
  async of(by: Actor, id: string): Promise<StandingDto> {
    const receipt = await this.receipts.get(by, id);
    const lien = await this.liens.of(id);
    const lot = await this.labels.lotOf(receipt);
    const story = lot === undefined ? undefined : await this.stories.find(lot);
    return {
      receipt,
      lien,
      page: lot === undefined ? null : pathOf(lot),
      flags: story?.flags.map(({ code, about, details }) => ({ code, about, details })) ?? [],
      chainId: this.contracts.deployment.chainId,
      blockHash: lien.blockHash,
      anchored: story?.events.every(({ anchor }) => anchor !== null) ?? false,
      checks: this.#checks(id, lien),
    };
  }

  /** What to ask a node, at the block at which all this was so. */
  #checks(receipt: string, { root, block }: StandingDto["lien"]): ChainCheckDto[] {
    const { WarehouseReceipts, Liens } = this.contracts.deployment.contracts;
    const at = `0x${block.toString(16)}`;
    const view = (about: string, to: string, signature: string, id: string): ChainCheckDto => {
      const call = { to, data: selectorOf(signature) + id.slice(2) };
      return { about, signature, request: question("eth_call", [call, at]) };
    };
    const receiptCheck = view("receipt", WarehouseReceipts, "receiptById(uint256)", receipt);
    if (root === null) return [receiptCheck];
    const proof = question("eth_getProof", [Liens, [loanSlot(root as Hex)], at]);
    return [
      receiptCheck,
      view("lien", Liens, "isEncumbered(uint256)", root),
      { about: "lien", signature: "packedLoan(uint256)", request: proof },
    ];
  }
}

function question(method: string, params: readonly unknown[]): object {
  return { jsonrpc: "2.0", id: 1, method, params };
}

function selectorOf(signature: string): string {
  return hexOf(keccak_256(new TextEncoder().encode(signature)).subarray(0, 4));
}
