import { Injectable, Logger } from "@nestjs/common";
import { Chain } from "../chain/chain.ts";
import { RpcError } from "../chain/rpc.ts";
import type { Cursor } from "../projection/cursor.ts";
import type { AccountState, BundleState } from "../proof/bundle.ts";
import { headerBytesOf, headerOf } from "../proof/block-header.ts";
import type { Hex } from "../proof/hex.ts";
import type { StateProof } from "../proof/state-proof.ts";
import { anchorSlots, loanSlot } from "../proof/storage.ts";

interface ProofAnswer {
  readonly accountProof: StateProof;
  readonly storageProof: readonly { readonly proof: StateProof }[];
}

type BlockAnswer = Readonly<Record<string, unknown>> & {
  readonly hash: string;
  readonly timestamp: string;
};

/** What a bundle proves of the contracts' storage. */
export interface Wanted {
  readonly anchors: readonly Hex[];
  readonly liens: readonly Hex[];
}

/** Reads the state of a block, with proofs where the node has them. */
@Injectable()
export class BundleStates {
  readonly #log = new Logger("Bundle");

  constructor(private readonly chain: Chain) {}

  /** Undefined where the chain does not have the block any more. */
  async at(
    { block, hash }: Pick<Cursor, "block" | "hash">,
    wanted: Wanted,
  ): Promise<BundleState | undefined> {
    const answer = await this.chain.rpc.send("eth_getBlockByHash", [hash, false]);
    if (answer === null) return undefined;
    const said = answer as BlockAnswer;
    const state = { block, hash: hash as Hex, time: Number(said.timestamp) };
    return { ...state, proofs: await this.#proofs(said, block, wanted) };
  }

  /** Null where the node gives none, or where the block's hash is made of more than is known here. */
  async #proofs(said: BlockAnswer, block: number, wanted: Wanted): Promise<BundleState["proofs"]> {
    try {
      const header = headerBytesOf(said);
      if (headerOf(header).hash !== said.hash) return null;
      const accounts = [
        await this.#account("Provenance", block, wanted.anchors.flatMap(anchorSlots)),
        await this.#account("Liens", block, wanted.liens.map(loanSlot)),
      ];
      return { header, accounts: accounts.flat() };
    } catch (error) {
      // A node that does not know the method, or has forgotten the state.
      if (!(error instanceof RpcError)) throw error;
      this.#log.debug(`No proofs of block ${block}: ${error.message}`);
      return null;
    }
  }

  async #account(
    contract: AccountState["contract"],
    block: number,
    slots: readonly Hex[],
  ): Promise<AccountState[]> {
    if (slots.length === 0) return [];
    const { contracts } = this.chain.contracts.deployment;
    const asked = [contracts[contract], slots, `0x${block.toString(16)}`];
    const answer = (await this.chain.rpc.send("eth_getProof", asked)) as ProofAnswer;
    const { accountProof: proof, storageProof } = answer;
    return [
      {
        contract,
        proof,
        slots: slots.map((slot, at) => ({ slot, proof: storageProof[at]?.proof ?? [] })),
      },
    ];
  }
}
